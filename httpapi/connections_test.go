package httpapi

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/gin-gonic/gin"
)

// pipes is a listener whose connections hold nothing: what is not read is not written.
type pipes struct {
	conns chan net.Conn
	once  sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	c, ok := <-p.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.conns) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial() net.Conn {
	client, server := net.Pipe()
	p.conns <- server
	return client
}

// Of too many connections the one gives way on which nothing moved for longest.
func TestIdleConnectionsGiveWay(t *testing.T) {
	p := &pipes{conns: make(chan net.Conn, 1)}
	l := Listener(p).(*listener)
	l.most = 3
	var clients, servers []net.Conn
	open := func() {
		t.Helper()
		clients = append(clients, p.dial())
		c, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		servers = append(servers, c)
	}
	for range 3 {
		open()
	}
	// The first one is used again, so that the second has waited longest.
	go func() { _, _ = servers[0].Write([]byte("x")) }()
	if _, err := io.ReadFull(clients[0], make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	servers[0].(*connection).move()
	open()
	if _, err := servers[1].Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the connection that waited longest is open: %v", err)
	}
	if err := servers[2].Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(l.open); n != 2 {
		t.Errorf("%d connections are counted, want 2", n)
	}
	open()
	if len(l.open) != 3 || !l.open[servers[0].(*connection)] {
		t.Error("a connection gave way though there was room")
	}
	// On the one that waited longest a request is being answered: another gives way.
	noteState(servers[0], http.StateActive)
	open()
	if !l.open[servers[0].(*connection)] || l.open[servers[3].(*connection)] {
		t.Error("an idle connection cut off one that waits for its answer")
	}
	noteState(servers[0], http.StateIdle)
	open()
	if l.open[servers[0].(*connection)] {
		t.Error("a connection that has its answer stays for ever")
	}
}

// Clients that do not read take no more memory than there is for them, and the others
// are answered.
func TestUnreadAnswersAreBounded(t *testing.T) {
	const size = 1 << 20
	a := &answers{most: 3 * size}
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	cut := make(chan struct{}, 10)
	r.Use(a.bounded)
	began := make(chan struct{}, 10)
	r.GET("/", func(c *gin.Context) {
		began <- struct{}{}
		if _, err := c.Writer.Write(make([]byte, size)); err != nil {
			cut <- struct{}{}
		}
	})
	p := &pipes{conns: make(chan net.Conn, 1)}
	server := HTTPServer(r)
	go func() { _ = server.Serve(p) }()
	t.Cleanup(func() { server.Close() })
	ask := func() net.Conn {
		conn := p.dial()
		fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
		<-began
		return conn
	}
	const stubborn = 7
	for range stubborn {
		ask()
	}
	for range stubborn - 3 {
		<-cut
	}
	conn := ask() // the eighth cuts off another
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, res.Body)
	if n != size || err != nil {
		t.Errorf("one who reads got %d bytes, %v", n, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.bytes > a.most {
		t.Errorf("%d bytes are waiting, at most %d are to", a.bytes, a.most)
	}
}
