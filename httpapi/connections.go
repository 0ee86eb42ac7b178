package httpapi

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// maxConnections is the most connections that are open at once. Each costs some memory,
// and a file of which a process has few.
const maxConnections = 512

// Listener returns a listener with at most maxConnections open connections. Beyond them
// the one gives way on which nothing moved for the longest time: those that are idle, or
// whose client does not read, never lock others out.
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
			if stalest == nil || o.moved.Load() < stalest.moved.Load() {
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
