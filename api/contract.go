package api

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"agentladder/api/openapi"
	"agentladder/course/roster/intake"
)

// basePath is where the contract's paths live.
const basePath = "/api/v1"

// operation is one entry of the contract with its route.
type operation struct {
	ID       string
	Method   string
	Route    string // echo's form, with basePath
	item     *openapi3.PathItem
	contract *openapi3.Operation
}

// mediaType is what the body must be; JSON for operations without one.
func (o operation) mediaType() string {
	if o.contract.RequestBody != nil {
		for kind := range o.contract.RequestBody.Value.Content { // the contract gives each operation one
			return kind
		}
	}
	return echo.MIMEApplicationJSON
}

// limit is how many bytes a body may have.
func (o operation) limit() int {
	if o.mediaType() == "text/csv" {
		return intake.MaxBytes
	}
	return maxBody
}

// contract is the parsed openapi.yaml.
type contract struct {
	spec       *openapi3.T
	operations map[string]operation // by method and route, "GET /api/v1/me"
}

var pathParameter = regexp.MustCompile(`\{([^}]+)\}`)

func loadContract() (*contract, error) {
	spec, err := openapi3.NewLoader().LoadFromData(openapi.Contract)
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	c := &contract{spec: spec, operations: map[string]operation{}}
	for path, item := range spec.Paths.Map() {
		route := basePath + pathParameter.ReplaceAllString(path, ":$1")
		for method, op := range item.Operations() {
			c.operations[method+" "+route] = operation{ID: op.OperationID, Method: method, Route: route, item: item, contract: op}
		}
	}
	return c, nil
}

// find returns the operation of a routed request.
func (c *contract) find(method, route string) (operation, bool) {
	op, ok := c.operations[method+" "+route]
	return op, ok
}

// ids lists every operationId, sorted.
func (c *contract) ids() []string {
	out := make([]string, 0, len(c.operations))
	for _, op := range c.operations {
		out = append(out, op.ID)
	}
	slices.Sort(out)
	return out
}

// under says whether a request path belongs to the API rather than to the frontend.
func under(path string) bool { return path == basePath || strings.HasPrefix(path, basePath+"/") }
