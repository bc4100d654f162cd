package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// writeCertificate makes path.pem and path.key for localhost.
func writeCertificate(path string, from, until time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(from.UnixNano()), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: from, NotAfter: until,
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	leaf, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(path+".pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leaf}), 0o600),
		os.WriteFile(path+".key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600),
	)
}

// production is a server without --demo.
type production struct {
	running
	said []string // lines up to the word that it is ready, and the set-up link behind it
}

// startProduction starts a server and waits until it is ready; with wantLink also for the set-up link.
func startProduction(t *testing.T, wantLink bool, args ...string) *production {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{"serve", "--address", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "AGENTLADDER_LOG_LEVEL=warn")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	r := &production{running: running{cmd: cmd, log: &syncBuffer{}}}
	cmd.Stderr = r.log
	require.NoError(t, cmd.Start())
	ready := regexp.MustCompile(`is ready: (https?://\S+)`)
	scanner := bufio.NewScanner(out)
	for (r.url == "" || wantLink && !strings.Contains(r.said[len(r.said)-1], "/link#")) && scanner.Scan() {
		r.said = append(r.said, scanner.Text())
		if m := ready.FindStringSubmatch(scanner.Text()); m != nil {
			r.url = m[1]
		}
	}
	require.NotEmpty(t, r.url, "the server did not become ready:\n%s", r.log)
	go func() {
		rest, _ := io.ReadAll(out) // until the process ends
		_, _ = r.log.Write(rest)
	}()
	return r
}

func (p *production) post(t *testing.T, web *http.Client, path, body string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/api/v1"+path, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := web.Do(req)
	require.NoError(t, err)
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// TestFirstDay is how a shop begins: no account, one link, one administrator.
func TestFirstDay(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	link := regexp.MustCompile(`^  (https://127\.0\.0\.1:\d+)/link#([A-Za-z0-9_-]{43})$`)
	certificate := filepath.Join(data, "shop")
	require.NoError(t, writeCertificate(certificate, time.Now().Add(-time.Hour), time.Now().Add(time.Hour)))
	args := []string{"--data", data, "--tls-cert", certificate + ".pem", "--tls-key", certificate + ".key"}
	roots := x509.NewCertPool()
	text, err := os.ReadFile(certificate + ".pem")
	require.NoError(t, err)
	require.True(t, roots.AppendCertsFromPEM(text))
	web := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots}}}

	first := startProduction(t, true, args...)
	lost := link.FindStringSubmatch(first.said[len(first.said)-1])
	require.NotNil(t, lost, "%q", first.said)
	require.Equal(t, first.url, lost[1])
	first.stop(t)
	require.NotContains(t, first.log.String(), lost[2], "the log knows no link")

	second := startProduction(t, true, args...)
	found := link.FindStringSubmatch(second.said[len(second.said)-1])
	require.NotNil(t, found, "who lost the link gets a new one at the next start: %q", second.said)
	redeem := func(token string) *http.Response {
		return second.post(t, web, "/auth/links/redeem", `{"token":"`+token+`","password":"bamboo-river-42"}`)
	}
	require.Equal(t, http.StatusNotFound, redeem(lost[2]).StatusCode, "the lost one is worth nothing") //nolint:bodyclose // closed when the test ends
	in := redeem(found[2])                                                                             //nolint:bodyclose // closed when the test ends
	require.Equal(t, http.StatusOK, in.StatusCode)
	var session struct {
		Person struct {
			Login string
			Roles []string
		}
	}
	require.NoError(t, json.NewDecoder(in.Body).Decode(&session))
	require.Equal(t, "admin", session.Person.Login)
	require.Equal(t, []string{"admin"}, session.Person.Roles)
	require.NotEmpty(t, in.Cookies())
	for _, cookie := range in.Cookies() {
		require.True(t, cookie.Secure && strings.HasPrefix(cookie.Name, "__Host-"), "cookie %s", cookie.Name)
	}
	require.Equal(t, http.StatusNotFound, redeem(found[2]).StatusCode, "a link opens once") //nolint:bodyclose // closed when the test ends
	plain, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.Replace(second.url, "https", "http", 1)+"/api/v1/health", nil)
	require.NoError(t, err)
	res, err := web.Do(plain)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusBadRequest, res.StatusCode, "no answer without TLS")
	second.stop(t)

	third := startProduction(t, false, args...)
	third.stop(t)
	require.NotContains(t, strings.Join(third.said, "\n")+third.log.String(), "link#", "somebody can sign in now")
}

// TestRenewed replaces the files of a certificate under a running server.
func TestRenewed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop")
	now := time.Now()
	require.NoError(t, writeCertificate(path, now.Add(-time.Hour), now.Add(time.Hour)))
	r := &renewed{config: &config{TLSCert: path + ".pem", TLSKey: path + ".key"}}
	first, err := r.get(nil)
	require.NoError(t, err)

	require.NoError(t, os.WriteFile(path+".pem", []byte("half written"), 0o600))
	require.NoError(t, os.Chtimes(path+".pem", now, now.Add(time.Minute)))
	same, err := r.get(nil)
	require.NoError(t, err)
	require.Same(t, first, same, "looked at a moment ago")
	r.looked = time.Time{}
	same, err = r.get(nil)
	require.NoError(t, err)
	require.Same(t, first, same, "half a renewal changes nothing")

	require.NoError(t, writeCertificate(path, now.Add(-time.Hour), now.Add(2*time.Hour)))
	require.NoError(t, os.Chtimes(path+".pem", now, now.Add(2*time.Minute)))
	r.looked = time.Time{}
	next, err := r.get(nil)
	require.NoError(t, err)
	require.NotEqual(t, first.Certificate, next.Certificate)
}

func TestTrustedProxies(t *testing.T) {
	t.Parallel()
	c := &config{Proxies: " 10.1.2.3 , 10.0.0.9/8,fd00::1, "}
	got, err := c.trustedProxies()
	require.NoError(t, err)
	var said []string
	for _, p := range got {
		said = append(said, p.String())
	}
	require.Equal(t, []string{"10.1.2.3/32", "10.0.0.0/8", "fd00::1/128"}, said)
}
