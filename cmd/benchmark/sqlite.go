package main

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the peer; the program itself does not link it
)

// sqlite is SQLite with its FTS5 index, one table of values for the facets, and
// GROUP BY to count them.
type sqlite struct{ db *sql.DB }

func (s *sqlite) name() string { return "SQLite" }
func (s *sqlite) close() error { return s.db.Close() }

const sqliteSchema = `
CREATE TABLE article (
	number INTEGER PRIMARY KEY, id TEXT, title TEXT, body TEXT, publisher TEXT, url TEXT, published TEXT, occurred TEXT, records REAL
);
CREATE VIRTUAL TABLE word USING fts5(title, body, content='article', content_rowid='number', tokenize='porter unicode61');
CREATE TABLE value (article INTEGER, field TEXT, value TEXT, PRIMARY KEY (article, field, value)) WITHOUT ROWID;
`

const sqliteIndexes = `
CREATE INDEX published ON article (published);
CREATE INDEX records ON article (records);
CREATE INDEX by_value ON value (field, value);
ANALYZE;
`

func openSQLite(path string) (*sqlite, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=cache_size(-65536)&_pragma=mmap_size(1073741824)&_pragma=temp_store(memory)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // the temporary table of hits belongs to one connection
	_, err = db.Exec("CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY)")
	return &sqlite{db}, err
}

func indexSQLite(ctx context.Context, records, path string) (time.Duration, error) {
	start := time.Now()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-65536)")
	if err != nil {
		return 0, err
	}
	err = fillSQLite(ctx, db, records)
	return time.Since(start), errors.Join(err, db.Close())
}

func fillSQLite(ctx context.Context, db *sql.DB, records string) error {
	if _, err := db.ExecContext(ctx, sqliteSchema); err != nil {
		return err
	}
	var tx *sql.Tx
	var article, word, value *sql.Stmt
	begin := func() (err error) {
		if tx, err = db.BeginTx(ctx, nil); err != nil {
			return err
		}
		for to, q := range map[**sql.Stmt]string{
			&article: "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			&word:    "INSERT INTO word (rowid, title, body) VALUES (?, ?, ?)",
			&value:   "INSERT OR IGNORE INTO value VALUES (?, ?, ?)",
		} {
			if *to, err = tx.PrepareContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	}
	if err := begin(); err != nil {
		return err
	}
	n := 0
	err := readRecords(records, func(r *record) error {
		n++
		if n%bleveBatch == 0 {
			if err := tx.Commit(); err != nil {
				return err
			}
			if err := begin(); err != nil {
				return err
			}
		}
		var occurred any
		if v := r.Fields["occurred"]; len(v) > 0 {
			occurred = v[0]
		}
		if _, err := article.Exec(n, r.ID, r.Title, r.body(), r.Publisher, r.URL, r.Date, occurred, r.Records); err != nil {
			return err
		}
		if _, err := word.Exec(n, r.Title, r.body()); err != nil {
			return err
		}
		for field, values := range r.Fields {
			for _, v := range values {
				if _, err := value.Exec(n, field, v); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		err = tx.Commit()
	}
	if err == nil {
		_, err = db.ExecContext(ctx, sqliteIndexes)
	}
	return err
}

// ask finds the page and the number of hits, and counts facets over a temporary
// table of hits, or over all articles where the question is for all.
func (s *sqlite) ask(ctx context.Context, q question) (answer, error) {
	var a answer
	from, args := q.sql("")
	order := "published DESC"
	switch {
	case q.order == "records":
		order = "records DESC"
	case q.order == "" && q.words():
		order = "rank"
	}
	page := from
	if !strings.Contains(from, "article") && order != "rank" {
		page = strings.Replace(from, "FROM word", "FROM word JOIN article ON number = word.rowid", 1)
	}
	rows, err := s.db.QueryContext(ctx, "SELECT "+q.key()+" "+page+" ORDER BY "+order+" LIMIT 20", args...)
	if err != nil {
		return a, err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return a, err
		}
	}
	if err := rows.Close(); err != nil {
		return a, err
	}
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) "+from, args...).Scan(&a.total); err != nil || !q.facets {
		return a, err
	}
	var open []string
	for _, f := range termFacets {
		if q.selected[f] == "" {
			open = append(open, f)
		}
	}
	var all []count
	if err := s.count(ctx, &all, q, "", open); err != nil {
		return a, err
	}
	for field := range q.selected {
		if err := s.count(ctx, &all, q, field, []string{field}); err != nil {
			return a, err
		}
	}
	a.counts = func() []count { return all }
	return a, nil
}

// count counts the values of fields under what was selected of the others.
func (s *sqlite) count(ctx context.Context, to *[]count, q question, without string, fields []string) error {
	from, args := q.sql(without)
	over, in := "value JOIN hit ON value.article = hit.number", "hit JOIN article USING (number)"
	if from == "FROM article" {
		over, in = "value", "article"
	} else {
		if _, err := s.db.ExecContext(ctx, "DELETE FROM hit"); err != nil {
			return err
		}
		if _, err := s.db.ExecContext(ctx, "INSERT INTO hit SELECT "+q.key()+" "+from, args...); err != nil {
			return err
		}
	}
	err := s.counts(ctx, to, "SELECT field, value, count(*) FROM "+over+" WHERE field IN ('"+strings.Join(fields, "','")+"') GROUP BY field, value")
	if err != nil || without != "" {
		return err
	}
	if err := s.counts(ctx, nil, "SELECT '', substr(occurred, 1, 4), count(*) FROM "+in+" WHERE occurred IS NOT NULL GROUP BY 2"); err != nil {
		return err
	}
	return s.counts(ctx, nil, "SELECT '', CAST(length(CAST(records AS INTEGER)) AS TEXT), count(*) FROM "+in+" WHERE records IS NOT NULL GROUP BY 2")
}

func (s *sqlite) counts(ctx context.Context, to *[]count, q string) error {
	rows, err := s.db.QueryContext(ctx, q)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var field, value string
		var n int
		if err := rows.Scan(&field, &value, &n); err != nil {
			return err
		}
		if to != nil {
			*to = append(*to, count{field, value, n})
		}
	}
	return rows.Err()
}

// key is the column that numbers the articles of the question.
func (q question) key() string {
	if q.words() {
		return "word.rowid"
	}
	return "article.number"
}

// sql is the question from FROM on, without what was selected of one field.
func (q question) sql(without string) (string, []any) {
	var where []string
	var args []any
	from := "FROM article"
	if q.words() {
		from = "FROM word"
		if q.records > 0 || q.from != "" {
			from = "FROM word JOIN article ON number = word.rowid"
		}
		where, args = append(where, "word MATCH ?"), append(args, q.match())
	}
	if q.records > 0 {
		where, args = append(where, "records >= ?"), append(args, q.records)
	}
	if q.from != "" {
		where, args = append(where, "published BETWEEN ? AND ?"), append(args, q.from, q.to+"-99")
	}
	for field, value := range q.selected {
		if field != without {
			// The plus keeps SQLite from searching the words anew for each article.
			where = append(where, "+"+q.key()+" IN (SELECT article FROM value WHERE field = ? AND value = ?)")
			args = append(args, field, value)
		}
	}
	if len(where) > 0 {
		from += " WHERE " + strings.Join(where, " AND ")
	}
	return from, args
}

// match is the words in FTS5's language.
func (q question) match() string {
	var and []string
	for _, w := range q.all {
		and = append(and, `"`+w+`"`)
	}
	if len(q.any) > 0 {
		and = append(and, `("`+strings.Join(q.any, `" OR "`)+`")`)
	}
	if q.phrase != "" {
		and = append(and, `"`+q.phrase+`"`)
	}
	if q.prefix != "" {
		and = append(and, q.prefix+"*")
	}
	s := "body : (" + strings.Join(and, " AND ") + ")"
	if q.not != "" {
		s = "body : ((" + strings.Join(and, " AND ") + `) NOT "` + q.not + `")`
	}
	return s
}
