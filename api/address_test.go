package api

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestClientAddress(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for name, c := range map[string]struct {
		proxies         []netip.Prefix
		from, says, got string
	}{
		"NobodyIsBelieved":          {nil, "10.0.0.1:1000", "203.0.113.9", "10.0.0.1"},
		"TheProxyIsBelieved":        {proxies, "10.0.0.1:1000", "203.0.113.9", "203.0.113.9"},
		"AStrangerIsNot":            {proxies, "198.51.100.7:1000", "203.0.113.9", "198.51.100.7"},
		"WhatTheClientAddedIsNot":   {proxies, "10.0.0.1:1000", "1.2.3.4, 203.0.113.9", "203.0.113.9"},
		"LoopbackOnlyWhenItIsNamed": {proxies, "127.0.0.1:1000", "203.0.113.9", "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.RemoteAddr = c.from
			r.Header.Set("X-Forwarded-For", c.says)
			require.Equal(t, c.got, clientAddress(c.proxies)(r))
		})
	}
}
