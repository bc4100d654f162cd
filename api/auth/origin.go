package auth

import (
	"net/http"
	"net/url"
	"strings"

	"agentladder/course/fault"
)

// sameOrigin refuses requests that another site made a browser send. Browsers state the relation in Sec-Fetch-Site,
// which no script can set; older ones state the Origin. A request with neither does not come from a browser.
// Fault: origin_refused (Forbidden).
func sameOrigin(r *http.Request, secure bool) error {
	refused := fault.New(fault.Forbidden, "origin_refused", nil)
	if sites := r.Header.Values("Sec-Fetch-Site"); len(sites) > 0 {
		if len(sites) == 1 && sites[0] == "same-origin" {
			return nil
		}
		return refused
	}
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return nil
	}
	origin, err := url.Parse(origins[0])
	if err != nil || len(origins) > 1 || !strings.EqualFold(origin.Host, r.Host) || origin.Host == "" {
		return refused
	}
	if origin.Scheme != "https" && (secure || origin.Scheme != "http") {
		return refused
	}
	return nil
}
