package httpapi

import (
	"github.com/gin-gonic/gin"
)

func (s *server) routePages(*gin.Engine) {}

func (s *server) errorPage(c *gin.Context, code int, detail string) { c.String(code, detail) }
