package web

import "io"

// ReferencePage is the reference of the API.
type ReferencePage struct {
	Frame
	Version string
	// Open are the routes that anybody may ask, Closed those that need a token.
	Open, Closed []Operation
	// Sent is what the program sends to the addresses of others.
	Sent []Operation
	// Schemas are the objects of answers, by name.
	Schemas []APISchema
}

// Operation is a method of a route.
type Operation struct {
	ID, Method, Path, Summary, Text string
	Parameters                      []APIValue
	// Body is the object that a request sends, "" for none, and Answers what comes back.
	Body    string
	Answers []APIAnswer
	// Example is the address of a request that can be made as it stands, "" where there
	// is none.
	Example string
}

// APIAnswer is what a route answers.
type APIAnswer struct {
	Status, Text string
	// Types are media types, Schema is the object in them, "" for none.
	Types  []string
	Schema string
}

// APIValue is a parameter or a property.
type APIValue struct {
	Name, Text string
	// In says where a parameter is.
	In string
	// Kind is the type in words, Schema the object that it is or is made of, "" for none.
	Kind, Schema string
	Required     bool
	// Default, Example and Limits are "" for none.
	Default, Example, Limits string
	Values                   []string
}

// APISchema is an object of answers.
type APISchema struct {
	Name, Text string
	Properties []APIValue
}

// Reference writes the reference of the API.
func (p *Pages) Reference(w io.Writer, v ReferencePage) error {
	return p.render(w, "reference", chrome{
		Frame: v.Frame, Heading: "API", Here: func(s State) string { return address("/api", s.tray()) }, Page: v,
	})
}
