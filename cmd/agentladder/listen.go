package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"time"
)

// listeningProblems are what stands against listening where and how the configuration says.
func (c *config) listeningProblems() []error {
	var problems []error
	host, _, err := net.SplitHostPort(c.Address)
	switch {
	case err != nil:
		problems = append(problems, fmt.Errorf("AGENTLADDER_ADDRESS %q is not host:port", c.Address))
	case loopback(host):
	case c.Demo:
		problems = append(problems, fmt.Errorf("a demo server has published passwords and may only listen on loopback, not on %q", c.Address))
	case !c.BehindTLS && c.TLSCert == "":
		problems = append(problems, fmt.Errorf("listening on %q without TLS would send passwords in the clear: give a certificate with AGENTLADDER_TLS_CERT and AGENTLADDER_TLS_KEY, or put a TLS proxy in front and set AGENTLADDER_BEHIND_TLS=true", c.Address))
	}
	if _, err := c.certificate(); err != nil {
		problems = append(problems, err)
	}
	proxies, err := c.trustedProxies()
	if err != nil {
		problems = append(problems, err)
	}
	if len(proxies) > 0 && !c.BehindTLS {
		problems = append(problems, errors.New("AGENTLADDER_TRUSTED_PROXIES is set, but no proxy is: set AGENTLADDER_BEHIND_TLS=true too"))
	}
	return problems
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// secure says that browsers reach the server over TLS, directly or through a proxy.
func (c *config) secure() bool { return c.BehindTLS || c.TLSCert != "" }

// certificate reads the certificate; nil when the server is to speak plain HTTP.
func (c *config) certificate() (*tls.Certificate, error) {
	switch {
	case c.TLSCert == "" && c.TLSKey == "":
		return nil, nil
	case c.TLSCert == "" || c.TLSKey == "":
		return nil, errors.New("AGENTLADDER_TLS_CERT and AGENTLADDER_TLS_KEY go together; one of them is empty")
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("AGENTLADDER_TLS_CERT and AGENTLADDER_TLS_KEY: %w", err)
	}
	return &pair, nil
}

// trustedProxies are the networks whose X-Forwarded-For is believed. A bare address is a network of one.
func (c *config) trustedProxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for one := range strings.SplitSeq(c.Proxies, ",") {
		one = strings.TrimSpace(one)
		if one == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(one)
		if err != nil {
			var address netip.Addr
			if address, err = netip.ParseAddr(one); err != nil {
				return nil, fmt.Errorf("AGENTLADDER_TRUSTED_PROXIES: %q is neither an address nor a CIDR", one)
			}
			prefix = netip.PrefixFrom(address, address.BitLen())
		}
		if prefix.Bits() == 0 {
			return nil, fmt.Errorf("AGENTLADDER_TRUSTED_PROXIES: %q would believe everybody; name the proxy", one)
		}
		out = append(out, prefix.Masked())
	}
	return out, nil
}

// base is where a browser on this machine or network finds the server that listens on address; empty behind a proxy,
// whose name only its owner knows.
func (c *config) base(address string) string {
	if c.BehindTLS {
		return ""
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		if host, err = os.Hostname(); err != nil {
			return ""
		}
	}
	scheme := "http://"
	if c.TLSCert != "" {
		scheme = "https://"
	}
	return scheme + net.JoinHostPort(host, port)
}

// linkAddress is a one-time link as its reader can use it. The token rides behind the #, which no server or log sees.
func (c *config) linkAddress(address, token string) string {
	if base := c.base(address); base != "" {
		return base + "/link#" + token
	}
	return "https://<address of this server>/link#" + token
}

// renewed gives the certificate as its files have it, looking at most once a minute whether they changed.
type renewed struct {
	config *config

	mu      sync.Mutex
	pair    *tls.Certificate
	changed time.Time // of the files that pair comes from
	looked  time.Time
}

const lookEvery = time.Minute

func (r *renewed) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pair != nil && time.Since(r.looked) < lookEvery {
		return r.pair, nil
	}
	r.looked = time.Now()
	changed, err := lastChange(r.config.TLSCert, r.config.TLSKey)
	if r.pair != nil && (err != nil || changed.Equal(r.changed)) {
		return r.pair, nil
	}
	pair, err := r.config.certificate()
	if err != nil && r.pair != nil {
		return r.pair, nil // half a renewal: certificate and key are written one after the other
	}
	if err != nil {
		return nil, err
	}
	r.pair, r.changed = pair, changed
	return pair, nil
}

func lastChange(paths ...string) (time.Time, error) {
	var last time.Time
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return last, err
		}
		if info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	return last, nil
}
