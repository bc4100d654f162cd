// Package frontend decides whether this binary carries the built single-page app, and hands its files out.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built app rooted at its index.html. The second value is false when the binary was built
// without the app: then there is nothing to serve but the API.
func Files() (fs.FS, bool) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, false
	}
	if _, err := fs.Stat(files, "index.html"); err != nil {
		return nil, false
	}
	return files, true
}
