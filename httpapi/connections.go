package httpapi

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// maxConnections is the most connections that are open at once. Each costs some memory,
// and a file of which a process has few.
const maxConnections = 512

// Listener returns a listener with at most maxConnections open connections. Beyond them
// the one gives way on which nothing moved for the longest time, first among those on which
// nothing is asked, then among all: those that are idle, or whose client does not read,
// never lock others out, nor cut off an answer that takes its time.
func Listener(l net.Listener) net.Listener {
	return &listener{Listener: l, most: maxConnections, open: map[*connection]bool{}}
}

type listener struct {
	net.Listener
	most int

	mu   sync.Mutex
	open map[*connection]bool
}

func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &connection{Conn: conn, of: l}
	c.move()
	l.mu.Lock()
	var stalest *connection
	if len(l.open) >= l.most {
		for o := range l.open {
			if stalest == nil || o.before(stalest) {
				stalest = o
			}
		}
		delete(l.open, stalest)
	}
	l.open[c] = true
	l.mu.Unlock()
	if stalest != nil {
		_ = stalest.Conn.Close() // whoever uses it is told
	}
	return c, nil
}

// connection knows when something last moved on it.
type connection struct {
	net.Conn
	of    *listener
	moved atomic.Int64 // nanoseconds since 1970
	asked atomic.Bool  // a request is being read or answered
}

// before reports whether c gives way before o.
func (c *connection) before(o *connection) bool {
	if asked := c.asked.Load(); asked != o.asked.Load() {
		return !asked
	}
	return c.moved.Load() < o.moved.Load()
}

// noteState tells a connection of a Listener's whether something is asked on it.
func noteState(conn net.Conn, state http.ConnState) {
	if c, ok := conn.(*connection); ok {
		c.asked.Store(state == http.StateActive)
	}
}

func (c *connection) move() { c.moved.Store(time.Now().UnixNano()) }

func (c *connection) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.move()
	}
	return n, err
}

func (c *connection) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	if n > 0 {
		c.move()
	}
	return n, err
}

func (c *connection) Close() error {
	c.of.mu.Lock()
	delete(c.of.open, c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}
