package api

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

// pageWithoutFrontend is what a binary built without the frontend shows; the API works all the same.
const pageWithoutFrontend = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>AgentLadder 客服阶梯</title>
<body style="font-family:system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem;line-height:1.6"><h1>AgentLadder 客服阶梯</h1>
<p>这个程序在构建时没有带上网页界面。接口照常工作：<a href="/api/v1/server">/api/v1/server</a>。要带上界面，请安装 Node 后运行 <code>make run</code>。</p>
<p lang="en">This binary was built without the web interface. The API works all the same. To include the interface, install Node and run <code>make run</code>.</p></body></html>`

// mountFrontend serves the single-page app: files as they are, any other address outside the API as its index.
func mountFrontend(e *echo.Echo, files fs.FS) {
	e.Match([]string{http.MethodGet, http.MethodHead}, "/*", func(c echo.Context) error {
		if under(c.Request().URL.Path) {
			return unknownRoute(c)
		}
		if files == nil {
			return c.HTML(http.StatusOK, pageWithoutFrontend)
		}
		name := strings.TrimPrefix(path.Clean("/"+c.Request().URL.Path), "/")
		if info, err := fs.Stat(files, name); name == "" || err != nil || info.IsDir() {
			if strings.HasPrefix(name, "assets/") {
				return unknownRoute(c)
			}
			name = "index.html"
		}
		if strings.HasPrefix(name, "assets/") { // names carry a hash of the content
			c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			c.Response().Header().Set("Cache-Control", "no-cache")
		}
		http.ServeFileFS(c.Response(), c.Request(), files, name)
		return nil
	})
}
