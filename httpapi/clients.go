package httpapi

import (
	"container/list"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"
)

const (
	// maxClients is the number of clients whose rates are kept, about 300 bytes each.
	// Beyond it the one is forgotten that asked last the longest time ago.
	maxClients = 10_000
	// burst is how many seconds' worth of requests a client may ask at once, as a page
	// with all that belongs to it does.
	burst = 4
	// maxUser is the most bytes of a user's name that count.
	maxUser = 200
)

// clients holds each client to a rate of requests. It is safe for concurrent use.
type clients struct {
	rate rate.Limit // requests a second; 0 bounds nothing
	most int
	now  func() time.Time

	mu    sync.Mutex
	table map[string]*list.Element
	order list.List // of *client, the one that asked last at the end
}

type client struct {
	name    string
	limiter *rate.Limiter
}

func newClients(perSecond float64) *clients {
	return &clients{rate: rate.Limit(perSecond), most: maxClients, now: time.Now, table: map[string]*list.Element{}}
}

// wait counts a request and returns 0, or how long the client has to wait before its next
// one, which is then not counted.
func (c *clients) wait(name string) time.Duration {
	if c.rate == 0 {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.table[name]
	if !ok {
		if c.order.Len() >= c.most {
			delete(c.table, c.order.Remove(c.order.Front()).(*client).name)
		}
		e = c.order.PushBack(&client{name, rate.NewLimiter(c.rate, max(1, int(c.rate*burst)))})
		c.table[name] = e
	}
	c.order.MoveToBack(e)
	now := c.now()
	asked := e.Value.(*client).limiter.ReserveN(now, 1)
	delay := asked.DelayFrom(now)
	if delay > 0 {
		asked.CancelAt(now)
	}
	return delay
}

// clientName is what a client is known by: the user that a proxy names, else its address,
// of which one client of IPv6 has 2^64.
func (s *server) clientName(r *http.Request) string {
	if user := s.user(r); user != "" {
		return "user " + user
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	addr := from.Addr().Unmap().WithZone("")
	if addr.Is6() {
		net, _ := addr.Prefix(64)
		return net.String()
	}
	return addr.String()
}

// user is whom the proxy says that the request is of, "" where none is trusted.
func (s *server) user(r *http.Request) string {
	if s.AuthHeader == "" {
		return ""
	}
	user := r.Header.Get(s.AuthHeader)
	return user[:min(len(user), maxUser)]
}

// limited refuses clients that ask too much at once. Those with a token are not held up.
func (s *server) limited(c *gin.Context) {
	delay := s.clients.wait(s.clientName(c.Request))
	if delay > 0 && s.authorize(c.GetHeader("Authorization")) == nobody {
		seconds := int(delay/time.Second) + 1
		c.Header("Retry-After", strconv.Itoa(seconds))
		s.fail(c, http.StatusTooManyRequests, "too many requests at once; try again in "+strconv.Itoa(seconds)+" s")
		c.Abort()
	}
}
