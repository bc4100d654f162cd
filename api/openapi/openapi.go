// Package openapi holds the contract of the REST API and the server interface and types generated from it.
//
// openapi.yaml is written by hand and is the authority. After a change run `make generate`.
package openapi

import _ "embed"

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 -config server.cfg.yaml openapi.yaml

// Contract is openapi.yaml, byte for byte.
//
//go:embed openapi.yaml
var Contract []byte
