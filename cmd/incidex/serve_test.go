package main

import (
	"net"
	"testing"
)

func TestRateAt(t *testing.T) {
	here, there := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1)}
	for _, test := range []struct {
		addr  net.Addr
		given bool
		want  float64
	}{{here, false, 0}, {here, true, 5}, {there, false, 5}, {there, true, 5}, {&net.TCPAddr{IP: net.IPv6zero}, false, 5}} {
		o := serveOptions{rate: 5, rateGiven: test.given}
		if got := o.rateAt(test.addr); got != test.want {
			t.Errorf("rate at %v, given %v: %v, want %v", test.addr, test.given, got, test.want)
		}
	}
}
