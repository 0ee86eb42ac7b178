// Package httpapi serves incidex over HTTP: the JSON interface under /api/v1,
// described at /openapi.json, the pages of package web, and figures for Prometheus
// at /metrics.
//
// Handlers are typed: Huma checks parameters and makes the OpenAPI document from
// the same types. Every error is an RFC 9457 problem (application/problem+json)
// on the JSON side and a page on the other, and its kind decides the status in
// one place (problem.go).
package httpapi
