package dbtest

import (
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm/schema"

	"agentladder/migrations"
)

// Column is one column as both databases can be compared.
type Column struct {
	Name  string
	Class string // text, json, integer, boolean, time or bytes
	Null  bool
}

// Tables are the migrated tables, without the migration tool's own.
func Tables(t *testing.T, db *migrations.Database) []string {
	t.Helper()
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`
	if db.Dialect == migrations.Postgres {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	var all, kept []string
	require.NoError(t, db.Read.Raw(query).Scan(&all).Error)
	for _, name := range all {
		if name != "goose_db_version" {
			kept = append(kept, name)
		}
	}
	sort.Strings(kept)
	return kept
}

// Columns are the columns of a table, by name.
func Columns(t *testing.T, db *migrations.Database, table string) []Column {
	t.Helper()
	query := `SELECT name, type, "notnull" = 0 AS "null" FROM pragma_table_info(?) ORDER BY name`
	if db.Dialect == migrations.Postgres {
		query = `SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS "null"
			FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?
			ORDER BY column_name COLLATE "C"`
	}
	var rows []struct {
		Name, Type string
		Null       bool
	}
	require.NoError(t, db.Read.Raw(query, table).Scan(&rows).Error)
	var columns []Column
	for _, r := range rows {
		class, ok := classes[strings.ToLower(r.Type)]
		require.Truef(t, ok, "%s.%s: unknown type %q", table, r.Name, r.Type)
		columns = append(columns, Column{Name: r.Name, Class: class, Null: r.Null})
	}
	return columns
}

// Ids and JSON are texts to a Go program, and to SQLite.
var classes = map[string]string{
	"text": "text", "uuid": "text", "json": "text", "integer": "integer", "bigint": "integer", "boolean": "boolean",
	"datetime": "time", "timestamp with time zone": "time", "blob": "bytes", "bytea": "bytes",
}

// UniqueIndexes are the column lists of a table's unique indexes and primary key, each joined with commas, sorted.
func UniqueIndexes(t *testing.T, db *migrations.Database, table string) []string {
	t.Helper()
	query := `SELECT group_concat(name, ',') FROM (
			SELECT l.name AS list, i.name AS name FROM pragma_index_list(?) l, pragma_index_info(l.name) i
			WHERE l."unique" = 1 ORDER BY l.name, i.seqno)
		GROUP BY list`
	if db.Dialect == migrations.Postgres {
		query = `SELECT string_agg(a.attname, ',' ORDER BY k.at) FROM pg_index x
			JOIN pg_class c ON c.oid = x.indrelid
			JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
			CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k (attnum, at)
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
			WHERE x.indisunique AND c.relname = ? GROUP BY x.indexrelid`
	}
	var found []string
	require.NoError(t, db.Read.Raw(query, table).Scan(&found).Error)
	sort.Strings(found)
	return found
}

// CompareModel fails the test unless the GORM struct has exactly the migrated columns of its table, with the same
// class, and a pointer or sql.Null type exactly where the column may be null.
func CompareModel(t *testing.T, db *migrations.Database, model any) {
	t.Helper()
	parsed, err := schema.Parse(model, &sync.Map{}, db.Write.NamingStrategy)
	require.NoError(t, err)
	var want []Column
	for _, f := range parsed.Fields {
		if f.DBName == "" {
			continue
		}
		want = append(want, Column{Name: f.DBName, Class: classOf(f), Null: nullable(f.FieldType)})
	}
	sort.Slice(want, func(i, j int) bool { return want[i].Name < want[j].Name })
	got := Columns(t, db, parsed.Table)
	require.NotEmptyf(t, got, "no table %q on %s", parsed.Table, db.Dialect)
	require.Emptyf(t, cmp.Diff(got, want), "table %s on %s (-migrated +model)", parsed.Table, db.Dialect)
}

func classOf(f *schema.Field) string {
	switch f.DataType {
	case schema.Bool:
		return "boolean"
	case schema.Int, schema.Uint:
		return "integer"
	case schema.Time:
		return "time"
	case schema.Bytes:
		return "bytes"
	case schema.String:
		return "text"
	}
	if class, ok := classes[strings.ToLower(string(f.DataType))]; ok {
		return class
	}
	return string(f.DataType)
}

func nullable(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer || strings.HasPrefix(t.String(), "sql.Null")
}
