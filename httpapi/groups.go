package httpapi

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// MaxExplained is the most articles of an incident whose grouping is explained: each is
// compared with all others, so that all of them cost the square of their number.
const MaxExplained = 40

// Groups takes a person's decisions on incidents and explains the program's own. A
// nil Groups has no such routes.
type Groups interface {
	// Decide records a decision and carries it out. What cannot be is an ErrInvalid
	// or an ErrNotFound.
	Decide(ctx context.Context, d GroupDecision) (GroupDecision, error)
	// Decisions returns all decisions, oldest first.
	Decisions() ([]GroupDecision, error)
	// Explain says why the first MaxExplained articles of an incident are in it.
	Explain(ctx context.Context, incident string) ([]GroupReason, error)
}

// GroupDecision is a person's decision on incidents.
type GroupDecision struct {
	N   int    `json:"n,omitempty" readOnly:"true"`
	Act string `json:"act" enum:"split,merge,pin,undo"`
	// Incident that is split, that others are merged into, or that articles are pinned to.
	Incident string   `json:"incident,omitempty"`
	Others   []string `json:"others,omitempty" doc:"Incidents that become a part of incident"`
	Articles []string `json:"articles,omitempty" doc:"Articles that are split off or pinned"`
	New      string   `json:"new,omitempty" doc:"Id of the incident that a split makes"`
	Undoes   int      `json:"undoes,omitempty" doc:"Number of the decision to take back"`
	At       string   `json:"at,omitempty" readOnly:"true"`
	Note     string   `json:"note,omitempty" maxLength:"1000"`
	// Incidents that the articles concerned stand in now.
	Incidents []string `json:"incidents,omitempty" readOnly:"true"`
}

// GroupReason says why an article is in an incident.
type GroupReason struct {
	Article string `json:"article"`
	Title   string `json:"title"`
	Role    string `json:"role"`
	// Score of the article against the rest of the incident: above 0 it belongs there.
	Score float64 `json:"score"`
	// Nearest is the article of the incident that is most like it.
	Nearest string `json:"nearest,omitempty"`
	// Ruling is a person's decision that outweighed the score.
	Ruling  string     `json:"ruling,omitempty"`
	Reasons []GroupSum `json:"reasons,omitempty"`
	// Others are the nearest other incidents, and why the article is not in them.
	Others []GroupOther `json:"others,omitempty"`
}

// GroupSum is one reason of a score.
type GroupSum struct {
	Reason string  `json:"reason"`
	Score  float64 `json:"score"`
}

// GroupOther is an incident that an article is not in.
type GroupOther struct {
	Incident string     `json:"incident"`
	Score    float64    `json:"score"`
	Guard    string     `json:"guard,omitempty"`
	Reasons  []GroupSum `json:"reasons,omitempty"`
}

type decideInput struct {
	Authorization string `header:"Authorization" hidden:"true"`
	Body          GroupDecision
}

type decisionOutput struct{ Body GroupDecision }

type decisionsOutput struct {
	Body struct {
		Decisions []GroupDecision `json:"decisions"`
	}
}

type reasonsOutput struct {
	Body struct {
		Articles []GroupReason `json:"articles"`
	}
}

func (s *server) routeGroups(api huma.API) {
	if s.Groups == nil {
		return
	}
	huma.Register(api, huma.Operation{
		OperationID: "decide-group", Method: http.MethodPost, Path: "/groups", Summary: "Split, merge or pin incidents, or undo such a decision",
		Description: "Decisions survive every re-index.", Security: forAdmin, Errors: []int{http.StatusNotFound},
		Middlewares: s.tokenFirst(api),
	}, func(ctx context.Context, in *decideInput) (*decisionOutput, error) {
		if s.authorize(in.Authorization) == nobody {
			return nil, errToken
		}
		d, err := s.Groups.Decide(ctx, in.Body)
		if err != nil {
			return nil, s.problem(err)
		}
		return &decisionOutput{d}, nil
	})
	huma.Register(api, huma.Operation{
		OperationID: "list-group-decisions", Method: http.MethodGet, Path: "/groups", Summary: "Decisions on incidents, oldest first",
	}, func(context.Context, *struct{}) (*decisionsOutput, error) {
		list, err := s.Groups.Decisions()
		if err != nil {
			return nil, s.problem(err)
		}
		out := &decisionsOutput{}
		out.Body.Decisions = list
		return out, nil
	})
	huma.Register(api, huma.Operation{
		OperationID: "explain-incident", Method: http.MethodGet, Path: "/incidents/{id}/explain", Summary: "Why the articles of an incident are together",
		Description: fmt.Sprintf("Of an incident of many articles the first %d are explained, each against all others.", MaxExplained),
	}, func(ctx context.Context, in *IncidentInput) (*reasonsOutput, error) {
		reasons, err := s.Groups.Explain(ctx, in.ID)
		if err != nil {
			return nil, s.problem(err)
		}
		out := &reasonsOutput{}
		out.Body.Articles = reasons
		return out, nil
	})
}
