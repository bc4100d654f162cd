package staff

import (
	"bytes"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"agentladder/api/locale"
	"agentladder/api/openapi"
	"agentladder/course/roster"
	"agentladder/course/roster/intake"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

const good = "账号,姓名,角色,团队,入职日期\nwang,王芳,学员,晚班,2026/3/2\nli,李强,主管|学员,晚班、早班,\n"

// count is how many people there are.
func (d desk) count(t *testing.T) int {
	t.Helper()
	rows, _, err := d.people.People(t.Context(), roster.Operator(), roster.PeopleFilter{Limit: 200})
	require.NoError(t, err)
	return len(rows)
}

func (d desk) load(t *testing.T, login, file string, dry bool) openapi.ImportReport {
	t.Helper()
	var report openapi.ImportReport
	d.call(t, login, "POST", fmt.Sprintf("/people/import?dryRun=%t", dry), file, nil, &report)
	return report
}

func TestImport(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		d := open(t, db)
		for _, name := range []string{"早班", "晚班"} {
			_, err := d.people.CreateTeam(t.Context(), "", name)
			require.NoError(t, err)
		}
		before := d.count(t)

		t.Run("a dry run finds the people and stores nobody", func(t *testing.T) {
			report := d.load(t, "hua", good, true)
			require.Equal(t, openapi.ImportReport{Rows: 2, Problems: []openapi.ImportProblem{}, People: []openapi.ImportedPerson{
				{Line: 2, Login: "wang", Name: "王芳"}, {Line: 3, Login: "li", Name: "李强"},
			}}, report)
			require.Equal(t, before, d.count(t))
		})
		t.Run("any problem stores nobody and comes in the reader's language, in the order of the file", func(t *testing.T) {
			file := "账号,姓名,角色,团队\nada,艾达,学员,晚班\nwang,王芳,管理员,\nli,=李,学员,\nzhao,赵,学员,夜班|晚班\n"
			for _, dry := range []bool{true, false} {
				report := d.load(t, "hua", file, dry)
				require.False(t, report.Stored)
				require.Empty(t, report.People)
				require.Equal(t, 4, report.Rows)
				require.Equal(t, []openapi.ImportProblem{
					{Line: 2, Column: 1, Code: "login_taken", Detail: "账号“ada”已经有人使用，请换一个，或从文件里删掉这一行。"},
					{Line: 3, Column: 3, Code: "admin_protected", Detail: "只有管理员才能添加管理员，请去掉“角色”里的管理员，或请管理员导入。"},
					{Line: 4, Column: 2, Code: "formula_refused", Detail: "“姓名”的内容以 =、+、-、@ 或制表符开头，在表格软件里会当作公式执行，没有接受。请去掉开头的符号。"},
					{Line: 5, Column: 4, Code: "team_unknown", Detail: "没有“夜班”这个团队。请先建立团队，或检查名称是否一致。"},
				}, report.Problems)
			}
			var english openapi.ImportReport
			d.call(t, "hua", "POST", "/people/import?dryRun=false", file, map[string]string{"Accept-Language": "en"}, &english)
			require.Equal(t, `There is no team "夜班". Create the team first, or check how it is written.`, english.Problems[3].Detail)
			require.Equal(t, before, d.count(t))
		})
		t.Run("hostile files store nobody", func(t *testing.T) {
			var many strings.Builder
			many.WriteString("login,name,role\n")
			for i := range 100_000 {
				fmt.Fprintf(&many, "p%d,a,hr\n", i)
			}
			for code, file := range map[string]string{
				"too_many_rows": many.String(), "file_too_large": good + strings.Repeat("x", intake.MaxBytes), "header_missing": strings.Repeat("\x00,", 1000),
				"quote_unclosed": good + "zhao,\"赵", "encoding_unknown": "\xff\xfe" + good, "nul_refused": good + "zhao,\x00,hr,,\n",
			} {
				report := d.load(t, "ada", file, false)
				require.Len(t, report.Problems, 1, code)
				require.Equal(t, code, report.Problems[0].Code)
				require.False(t, report.Stored)
			}
			require.Equal(t, before, d.count(t))
		})
		t.Run("a file with a header only stores nobody and has no problem", func(t *testing.T) {
			require.Equal(t, openapi.ImportReport{People: []openapi.ImportedPerson{}, Problems: []openapi.ImportProblem{}}, d.load(t, "hua", "login,name,roles\n", false))
		})
		t.Run("a body that breaks off stores nobody", func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), "POST", "/people/import?dryRun=false", &broken{text: good})
			r.Header.Set("Authorization", "Bearer "+d.token["hua"])
			w := httptest.NewRecorder()
			d.echo.ServeHTTP(w, r)
			wants(t, w, 400, "body_incomplete")
			require.Equal(t, before, d.count(t))
		})
		t.Run("neither trainees nor supervisors import", func(t *testing.T) {
			for _, login := range []string{"tao", "sun"} {
				wants(t, d.call(t, login, "POST", "/people/import?dryRun=true", good, nil, nil), 403, "not_permitted")
			}
		})
		t.Run("a good file from a Chinese spreadsheet stores all, each with a link", func(t *testing.T) {
			file, err := simplifiedchinese.GBK.NewEncoder().String(strings.ReplaceAll(good, "\n", "\r\n"))
			require.NoError(t, err)
			report := d.load(t, "hua", file, false)
			require.True(t, report.Stored)
			require.Len(t, report.People, 2)
			require.Equal(t, before+2, d.count(t))
			for _, p := range report.People {
				owner, err := d.people.OpenLink(t.Context(), strings.TrimPrefix(p.Link.Path, "/link#"))
				require.NoError(t, err)
				require.Equal(t, p.Login, owner.Login)
			}
			li, err := d.people.PersonByLogin(t.Context(), "li")
			require.NoError(t, err)
			require.Equal(t, []roster.Role{roster.Trainee, roster.Supervisor}, li.Roles)
			require.Len(t, li.Teams, 2)
			var wang openapi.PersonDetail
			d.call(t, "hua", "GET", "/people/"+d.id(t, "wang"), nil, nil, &wang)
			require.Equal(t, "2026-03-02", wang.Spells[0].From.Format("2006-01-02"))

			again := d.load(t, "hua", file, false)
			require.False(t, again.Stored, "the same file again stores nobody")
			require.Equal(t, "login_taken", again.Problems[0].Code)
			require.Len(t, again.Problems, 2)
		})
		t.Run("an administrator may import administrators", func(t *testing.T) {
			require.True(t, d.load(t, "ada", "login,name,role\nboss,老板,admin\n", false).Stored)
		})
	})
}

// broken is a connection that is cut.
type broken struct{ text string }

func (b *broken) Read(p []byte) (int, error) {
	if b.text == "" {
		return 0, errors.New("cut")
	}
	n := copy(p, b.text)
	b.text = b.text[n:]
	return n, nil
}

func TestEveryProblemHasASentence(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages {
		for _, code := range intake.Codes {
			sentence, ok := locale.Detail(lang, "intake_"+string(code), nil)
			require.True(t, ok && sentence != "", "%s in %s", code, lang)
		}
	}
}

// TestSentencesAreComplete reads a file with every kind of problem: no sentence may show an unfilled place.
func TestSentencesAreComplete(t *testing.T) {
	t.Parallel()
	files := []string{
		"", "a,b\n", "login,login,x\n", "login,name,role\na b,,d\n" + "ab,c,hr,1\n\"", "login,name,role,hired_on\nab,a\x00,x,=1\nab,\u202e,hr,y\nab,c,hr,\nab,\"c\"d,hr,\n",
		"login,\"name", strings.Repeat("x", intake.MaxBytes+1), "login,name,role\n" + strings.Repeat("\"\",x,hr\n", intake.MaxRows+1), "login\xff",
	}
	seen := map[string]bool{}
	for _, file := range files {
		for _, p := range sentences(t.Context(), intake.Read(bytes.Clone([]byte(file))).Problems) {
			seen[p.Code] = true
			require.NotContains(t, p.Detail, "{", "%s: %s", p.Code, p.Detail)
			require.NotEqual(t, p.Code, p.Detail)
		}
	}
	require.Len(t, seen, len(intake.Codes)-3, "all but those that need a roster: %v", seen)
}
