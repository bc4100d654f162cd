package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"agentladder/course/fault"
)

const (
	maxBody  = 64 << 10 // bytes of a JSON body; a message of 2,000 characters needs at most 24 KiB escaped
	maxDepth = 16       // nesting of a JSON body
)

// strictBody reads the body of an API request once, refuses what is not strict JSON and puts it back.
// It runs after authorisation, so a stranger learns nothing about bodies.
func (c *contract) strictBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(ctx echo.Context) error {
		op, ok := c.find(ctx.Request().Method, ctx.Path())
		if !ok {
			return next(ctx)
		}
		if err := readBody(ctx, op); err != nil {
			return err
		}
		if err := c.validate(ctx, op); err != nil {
			return err
		}
		return next(ctx)
	}
}

func readBody(ctx echo.Context, op operation) error {
	req := ctx.Request()
	limit := op.limit()
	body, err := io.ReadAll(io.LimitReader(req.Body, int64(limit)+1))
	if err != nil {
		return fault.New(fault.Invalid, "body_syntax", fault.Params{"line": 1, "column": 1}).Because(err)
	}
	if len(body) > limit {
		return fault.New(fault.TooLarge, "body_too_large", fault.Params{"limit": limit})
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	blank := len(bytes.TrimSpace(body)) == 0
	if op.contract.RequestBody == nil {
		if blank {
			return nil
		}
		return &fault.Fault{Kind: fault.Invalid, Code: "request_invalid", Params: fault.Params{"count": 1}, Fields: []fault.Field{{Path: "/", Code: "unknown"}}}
	}
	if blank {
		return fault.New(fault.Invalid, "body_empty", nil)
	}
	if kind, _, err := mime.ParseMediaType(req.Header.Get("Content-Type")); err != nil || kind != op.mediaType() {
		return fault.New(fault.Invalid, "content_type", fault.Params{"type": op.mediaType()})
	}
	if op.mediaType() != echo.MIMEApplicationJSON {
		return nil // a file: its reader judges it
	}
	return checkJSON(body)
}

// checkJSON accepts exactly one JSON value in UTF-8 without duplicate names, nested at most maxDepth levels.
func checkJSON(body []byte) error {
	if !utf8.Valid(body) {
		return fault.New(fault.Invalid, "body_encoding", nil)
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := checkValue(dec, 0); err != nil {
		var f *fault.Fault
		if errors.As(err, &f) {
			return f
		}
		return syntaxFault(body, dec.InputOffset(), err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return syntaxFault(body, dec.InputOffset(), errors.New("more than one value"))
	}
	return nil
}

func checkValue(dec *json.Decoder, depth int) error {
	if depth > maxDepth {
		return fault.New(fault.Invalid, "body_too_deep", fault.Params{"limit": maxDepth})
	}
	token, err := dec.Token()
	if err != nil {
		return err
	}
	open, ok := token.(json.Delim)
	if !ok {
		if s, isText := token.(string); isText && strings.ContainsRune(s, utf8.RuneError) {
			return fault.New(fault.Invalid, "body_encoding", nil)
		}
		return nil
	}
	names := map[string]bool{}
	for dec.More() {
		if open == '{' {
			nameToken, err := dec.Token()
			if err != nil {
				return err
			}
			name, _ := nameToken.(string)
			if names[name] {
				return fault.New(fault.Invalid, "body_duplicate_field", fault.Params{"field": name})
			}
			names[name] = true
		}
		if err := checkValue(dec, depth+1); err != nil {
			return err
		}
	}
	_, err = dec.Token() // the closing bracket
	return err
}

func syntaxFault(body []byte, offset int64, cause error) error {
	var syntax *json.SyntaxError
	if errors.As(cause, &syntax) {
		offset = syntax.Offset
	}
	offset = max(0, min(offset, int64(len(body))))
	before := body[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fault.New(fault.Invalid, "body_syntax", fault.Params{"line": line, "column": max(1, column)}).Because(cause)
}

// validate holds parameters and body against the contract.
func (c *contract) validate(ctx echo.Context, op operation) error {
	params := make(map[string]string, len(ctx.ParamNames()))
	for i, name := range ctx.ParamNames() {
		params[name] = ctx.ParamValues()[i]
	}
	err := openapi3filter.ValidateRequest(ctx.Request().Context(), &openapi3filter.RequestValidationInput{
		Request: ctx.Request(), PathParams: params,
		Route: &routers.Route{Spec: c.spec, PathItem: op.item, Method: op.Method, Operation: op.contract},
		Options: &openapi3filter.Options{
			MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true, ExcludeRequestBody: op.mediaType() != echo.MIMEApplicationJSON,
		},
	})
	if err == nil {
		return nil
	}
	fields := fieldsOf(err, "")
	return (&fault.Fault{Kind: fault.Invalid, Code: "request_invalid", Params: fault.Params{"count": len(fields)}, Fields: fields}).Because(err)
}

// fieldsOf flattens the validator's errors to places and codes; its own sentences are not for readers.
func fieldsOf(err error, prefix string) []fault.Field {
	// The validator nests its own types without wrapping them in others, so the outermost one is the one to read.
	switch e := err.(type) { //nolint:errorlint // see above; errors.As would skip levels of the tree
	case openapi3.MultiError:
		var out []fault.Field
		for _, one := range e {
			out = append(out, fieldsOf(one, prefix)...)
		}
		return out
	case *openapi3filter.RequestError:
		if e.Parameter != nil {
			prefix = e.Parameter.Name
		}
		if e.Err == nil {
			return []fault.Field{{Path: prefix, Code: "invalid"}}
		}
		return fieldsOf(e.Err, prefix)
	case *openapi3.SchemaError:
		path := prefix
		for _, step := range e.JSONPointer() {
			path += "/" + step
		}
		if name := unknownProperty.FindStringSubmatch(e.Reason); name != nil {
			return []fault.Field{{Path: path + "/" + name[1], Code: "unknown"}}
		}
		return []fault.Field{{Path: path, Code: schemaCode(e.SchemaField)}}
	}
	if errors.Is(err, openapi3filter.ErrInvalidRequired) {
		return []fault.Field{{Path: prefix, Code: "required"}}
	}
	return []fault.Field{{Path: prefix, Code: "format"}}
}

var unknownProperty = regexp.MustCompile(`property "(.+)" is unsupported`)

func schemaCode(field string) string {
	switch field {
	case "required":
		return "required"
	case "type":
		return "type"
	case "minLength", "minItems":
		return "too_short"
	case "maxLength", "maxItems":
		return "too_long"
	case "minimum":
		return "too_small"
	case "maximum":
		return "too_large"
	case "enum":
		return "value"
	case "format", "pattern":
		return "format"
	}
	return "invalid"
}

// parameterName digs the name of the wrong parameter out of the generated wrapper's sentence.
func parameterName(he *echo.HTTPError) string {
	if m := generatedParameter.FindStringSubmatch(fmt.Sprint(he.Message)); m != nil {
		return m[1]
	}
	return "?"
}

var generatedParameter = regexp.MustCompile(`(?:parameter|Header parameter) ([\w-]+)`)
