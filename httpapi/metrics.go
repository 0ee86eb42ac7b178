package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"incidex/search"
)

// Figures are what the program knows of itself beside its requests.
type Figures struct {
	// Generations, Files and Bytes are those of the data folder on disk.
	Generations, Files int
	Bytes              int64
	// RunsDone and RunsFailed count the index runs since the start of the program, and
	// RunSeconds is how long they took together.
	RunsDone, RunsFailed int
	RunSeconds           float64
	// AlertsWaiting are the messages that wait to be delivered, AlertsLost those that were
	// given up.
	AlertsWaiting, AlertsLost int
}

// The outcomes of requests.
const (
	outcomeOK      = "ok"         // answered, also with 304
	outcomeRefused = "refused"    // the request is to blame: 4xx
	outcomeFailed  = "failed"     // the server is: 5xx
	outcomeBroken  = "broken off" // the answer ended early
)

// latencies are the upper bounds of the histogram, in seconds: from a search that is
// answered from memory to the deadline.
var latencies = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60}

// routeMetrics routes the figures of the server, in Prometheus's format.
func (s *server) routeMetrics(r *gin.Engine) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(s.latency, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), figuresCollector{s})
	handler := gin.WrapH(promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, DisableCompression: true}))
	r.GET("/metrics", handler)
}

func newLatency() *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "incidex_http_request_duration_seconds", Help: "How long answers took, by the route and by what became of them.", Buckets: latencies,
	}, []string{"route", "outcome"})
}

// measured notes how long a request took. It must be the first to see it.
func (s *server) measured(c *gin.Context) {
	began := time.Now()
	outcome := outcomeBroken
	defer func() {
		route := c.FullPath()
		if route == "" {
			route = "none"
		}
		s.latency.WithLabelValues(route, outcome).Observe(time.Since(began).Seconds())
	}()
	c.Next()
	switch code := c.Writer.Status(); {
	case code < http.StatusBadRequest:
		outcome = outcomeOK
	case code < http.StatusInternalServerError:
		outcome = outcomeRefused
	default:
		outcome = outcomeFailed
	}
}

// figure is a number that is asked for when the figures are.
type figure struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value float64
	label []string
}

// figuresCollector asks the program for its figures.
type figuresCollector struct{ s *server }

var _ prometheus.Collector = figuresCollector{}

// Describe says nothing, as which figures there are depends on the program.
func (figuresCollector) Describe(chan<- *prometheus.Desc) {}

// Collect sends the figures there are now.
func (f figuresCollector) Collect(to chan<- prometheus.Metric) {
	for _, x := range f.s.figures() {
		to <- prometheus.MustNewConstMetric(x.desc, x.kind, x.value, x.label...)
	}
}

func (s *server) figures() []figure {
	var out []figure
	add := func(kind prometheus.ValueType, name, help string, value float64) {
		out = append(out, figure{desc: prometheus.NewDesc("incidex_"+name, help, nil, nil), kind: kind, value: value})
	}
	const gauge, counter = prometheus.GaugeValue, prometheus.CounterValue
	kept := s.Engine.Kept()
	add(counter, "search_cache_hits_total", "Searches that were answered from the cache.", float64(kept.Hits))
	add(counter, "search_cache_misses_total", "Searches that were not.", float64(kept.Misses))
	add(gauge, "search_cache_entries", "Answers in the cache.", float64(kept.Entries))
	add(gauge, "search_cache_bytes", "About how much memory they take.", float64(kept.Bytes))
	add(gauge, "search_cache_limit_bytes", "The most that they may take.", float64(kept.Limit))
	ctx, cancel := context.WithTimeout(context.Background(), requestTime)
	defer cancel()
	all, err := s.Engine.Rows(ctx, search.Request{}, "") // not from the cache, whose figures it would change
	up := 0.0
	if err == nil {
		defer all.Close()
		up = 1
		add(gauge, "articles", "Articles that searches find.", float64(all.Total))
		add(gauge, "incidents", "Incidents that an article is about.", float64(all.Incidents))
	}
	add(gauge, "index_up", "1 when the index answers.", up)
	if s.Figures == nil {
		return out
	}
	f, err := s.Figures()
	if err != nil {
		s.Log.Error("figures are missing", "error", err)
		return out
	}
	add(gauge, "index_generations", "Generations of the index on disk.", float64(f.Generations))
	add(gauge, "index_files", "Files of the data folder.", float64(f.Files))
	add(gauge, "index_bytes", "Bytes of the data folder.", float64(f.Bytes))
	runs := prometheus.NewDesc("incidex_index_runs_total", "Index runs since the start of the program that are over.", []string{"state"}, nil)
	out = append(out, figure{runs, counter, float64(f.RunsDone), []string{"done"}}, figure{runs, counter, float64(f.RunsFailed), []string{"failed"}})
	add(counter, "index_run_seconds_total", "How long they took together.", f.RunSeconds)
	add(gauge, "alert_messages_waiting", "Messages of alerts that wait to be delivered.", float64(f.AlertsWaiting))
	add(gauge, "alert_messages_lost", "Messages of alerts that were given up.", float64(f.AlertsLost))
	return out
}
