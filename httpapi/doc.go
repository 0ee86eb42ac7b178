// Package httpapi serves incidex over HTTP: the JSON interface under /api/v1,
// described at /openapi.json, the pages of package web, and figures for Prometheus
// at /metrics.
//
// Handlers are typed: Huma checks parameters and makes the OpenAPI document from
// the same types. Every error is an RFC 9457 problem (application/problem+json)
// on the JSON side and a page on the other, and its kind decides the status in
// one place (problem.go).
//
// # Who attacks, and what holds
//
// Whoever reaches the address may read: there are no accounts, so the server listens on
// this machine alone unless told otherwise. What is defended is that nobody reads by way
// of a reader's browser, changes anything, runs code, reaches other machines through the
// server, or keeps others from being answered.
//
//   - Who writes articles. All they say is text: escaped in pages, feeds, tables, Markdown
//     and logs; links are to http and https; a strict policy lets pages run and load
//     nothing but assets of the program. Readers of files work under a budget of steps,
//     time and memory each.
//   - Who asks. Parameters, bodies, headers and queries are bounded, and known by name.
//     A request ends after requestTime, whatever it is about; a client is held to
//     Options.Rate (clients.go). Connections, and answers that nobody reads, are bounded
//     and give way, the stalest first (connections.go, answers.go).
//   - Another site in a reader's browser. Names of other hosts are refused, so that none
//     can be made to mean this machine. What changes something takes a token in a header,
//     never a cookie, and no other site is allowed to read or to frame.
//   - Who has the admin token. Runs stay inside the folders that the server was given,
//     links followed. Alone the owner of the index, whose token lies in the folder for
//     this user to read, may index and back up elsewhere.
//   - Who receives alerts. Messages go to public addresses only unless the owner allows
//     others, and follow no redirect.
//   - Who has a login at a proxy. The proxy says who that is in Options.AuthHeader, which
//     it must take away from what comes from outside; it is written to the log, and
//     gives no rights.
//
// Out of scope: who can write to the folder of the index, or reach the server past its
// proxy; and TLS, which is the proxy's.
package httpapi
