package auth

import (
	"net/http"
	"time"

	"agentladder/course/roster"
)

// cookies names and shapes the two cookies. Over TLS they have the __Host- prefix, which binds them to this host and
// which browsers allow only with Path=/; without TLS, on loopback, they go to the auth operations only.
type cookies struct{ secure bool }

const authPath = "/api/v1/auth"

func (k cookies) refreshName() string { return k.prefix() + "agentladder_refresh" }
func (k cookies) deviceName() string  { return k.prefix() + "agentladder_device" }

func (k cookies) prefix() string {
	if k.secure {
		return "__Host-"
	}
	return ""
}

func (k cookies) make(name, value string, lifetime time.Duration) *http.Cookie {
	c := &http.Cookie{
		Name: name, Value: value, Path: authPath, MaxAge: int(lifetime.Seconds()), HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
	if k.secure {
		c.Path, c.Secure = "/", true
	}
	if lifetime <= 0 {
		c.MaxAge = -1
	}
	return c
}

func add(v *visit, c *http.Cookie) { v.cookies = append(v.cookies, c) }

// writeCookies runs just before the answer begins: the generated answers know one Set-Cookie header only and overwrite
// what was there before.
func (v *visit) writeCookies() {
	v.header.Del("Set-Cookie")
	for _, c := range v.cookies {
		v.header.Add("Set-Cookie", c.String())
	}
}

func (k cookies) give(v *visit, s roster.Session) {
	add(v, k.make(k.refreshName(), s.Refresh, roster.RefreshLifetime))
	if s.Device != "" {
		add(v, k.make(k.deviceName(), s.Device, roster.DeviceLifetime))
	}
}

// clear takes the refresh cookie back. The device stays known.
func (k cookies) clear(v *visit) { add(v, k.make(k.refreshName(), "", 0)) }

// read returns the value of the one cookie of this name. Two of them mean that somebody planted one.
func (k cookies) read(v *visit, name string) (string, bool) {
	found := v.request.CookiesNamed(name)
	if len(found) != 1 {
		return "", false
	}
	return found[0].Value, true
}
