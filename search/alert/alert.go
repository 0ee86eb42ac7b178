package alert

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"time"

	"incidex/search"
	"incidex/search/query"
)

// Alert is a saved search.
type Alert struct {
	Name  string `json:"name"`
	Query string `json:"query"`
	// To is an address or the absolute path of a file.
	To string `json:"to"`
	// Private allows addresses of networks that are not public.
	Private bool `json:"private,omitempty"`
	// Secret signs messages to an address, "" for a file.
	Secret  string    `json:"secret,omitempty"`
	Created time.Time `json:"created"`
	// Lost is the number of messages that could not be delivered in time, or for which
	// there was no room.
	Lost int `json:"lost,omitempty"`
	// Problem is why the last delivery failed, "" once one did not.
	Problem string `json:"problem,omitempty"`
	// Waiting is the number of messages that wait. It is counted, not kept.
	Waiting int `json:"waiting,omitempty"`
}

// URL reports whether messages go to an address, and not to a file.
func (a Alert) URL() bool { return isURL.MatchString(a.To) }

var (
	isURL  = regexp.MustCompile(`^[a-z]+://`)
	isName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)
)

// secretPrefix begins secrets as Standard Webhooks writes them.
const secretPrefix = "whsec_"

// New makes an alert of what a person asks for, with a secret of its own. What can never
// work is a search.ErrInvalid.
func New(name, text, to string, private bool, now time.Time) (Alert, error) {
	a := Alert{Name: name, Query: text, To: to, Private: private, Created: now.UTC().Truncate(time.Second)}
	if !isName.MatchString(name) {
		return a, fmt.Errorf("%w: the name %q: want up to 64 letters, digits, periods, hyphens and underscores", search.ErrInvalid, name)
	}
	if q, problems := query.Parse(text); len(problems) > 0 {
		return a, fmt.Errorf("%w: query, at %d: %s", search.ErrInvalid, problems[0].Start+1, problems[0])
	} else if q.Root == nil || q.String() == "" {
		return a, fmt.Errorf("%w: the query is empty: say what to tell of", search.ErrInvalid)
	}
	if !a.URL() {
		if !filepath.IsAbs(to) {
			return a, fmt.Errorf("%w: %s is no absolute path and no address", search.ErrInvalid, to)
		}
		return a, nil
	}
	if err := checkAddress(to, private); err != nil {
		return a, err
	}
	key := make([]byte, 32)
	rand.Read(key) // it never fails
	a.Secret = secretPrefix + base64.StdEncoding.EncodeToString(key)
	return a, nil
}

// checkAddress refuses what can be seen to be wrong before it is asked.
func checkAddress(to string, private bool) error {
	u, err := url.Parse(to)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: %s: want an address that begins with https:// or http://", search.ErrInvalid, to)
	case u.User != nil:
		return fmt.Errorf("%w: the address has a password, which would stand in lists: leave it out, messages are signed", search.ErrInvalid)
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !private && !public(ip) {
		return fmt.Errorf("%w: %s is no public address: allow it with --private", search.ErrInvalid, u.Hostname())
	}
	return nil
}
