package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

const head = "账号,姓名,角色,团队,入职日期\n"

var noPlaces = cmpopts.IgnoreFields(Person{}, "LoginAt", "RolesAt")

func gbk(t *testing.T, text string) []byte {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	return out
}

func TestGoodFiles(t *testing.T) {
	t.Parallel()
	want := []Person{
		{Line: 2, Login: "wang.fang", Name: "王芳", Roles: []string{"trainee"}, Teams: []Team{{"晚班", Place{2, 4, "团队"}}}, HiredOn: "2026-03-02"},
		{Line: 3, Login: "li", Name: "李强", Roles: []string{"supervisor", "trainee"}, Teams: []Team{{"早班", Place{3, 4, "团队"}}, {"晚班", Place{3, 4, "团队"}}}},
	}
	plain := head + "Wang.Fang,王芳,学员,晚班,2026/3/2\nli,李强,主管|trainee,早班、晚班,\n"
	for name, body := range map[string][]byte{
		"UTF-8":                     []byte(plain),
		"UTF-8 with a mark":         []byte("\xef\xbb\xbf" + plain),
		"GBK":                       gbk(t, plain),
		"semicolons":                []byte(strings.ReplaceAll(plain, ",", ";")),
		"tabs":                      []byte(strings.ReplaceAll(plain, ",", "\t")),
		"CRLF":                      []byte(strings.ReplaceAll(plain, "\n", "\r\n")),
		"CR":                        []byte(strings.ReplaceAll(plain, "\n", "\r")),
		"no newline at the end":     []byte(strings.TrimSpace(plain) + ","),
		"blank rows at the end":     []byte(plain + "\n,,,,\n \n"),
		"quoted":                    []byte(strings.Replace(plain, "Wang.Fang,王芳", "\"Wang.Fang\",\"王芳\"", 1)),
		"spaces around":             []byte(strings.Replace(plain, "Wang.Fang,王芳", " Wang.Fang , 王芳　", 1)),
		"empty columns on the side": []byte(strings.ReplaceAll(plain, "\n", ",,\n")),
		"Chinese day":               []byte(strings.Replace(plain, "2026/3/2", "2026年03月02日", 1)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sheet := Read(body)
			require.Empty(t, sheet.Problems)
			require.Equal(t, 2, sheet.Rows)
			require.Empty(t, cmp.Diff(want, sheet.People, noPlaces))
		})
	}
	t.Run("English names in another order, lines counted through quoted ones", func(t *testing.T) {
		t.Parallel()
		sheet := Read([]byte("\nRoles,Hired On,\"Name\",login\nHR|admin,2026-03-02,\"Ann \"\"Q\"\" Lee\",ann\n\ntrainee,,Bo,bo\n"))
		require.Empty(t, sheet.Problems)
		require.Empty(t, cmp.Diff([]Person{
			{Line: 3, Login: "ann", Name: `Ann "Q" Lee`, Roles: []string{"hr", "admin"}, HiredOn: "2026-03-02"},
			{Line: 5, Login: "bo", Name: "Bo", Roles: []string{"trainee"}},
		}, sheet.People, noPlaces))
		require.Equal(t, Place{3, 4, "login"}, sheet.People[0].LoginAt)
		require.Equal(t, Place{5, 1, "Roles"}, sheet.People[1].RolesAt)
		require.Equal(t, Problem{5, 1, AdminProtected, Params{"field": "Roles", "login": "bo"}}, sheet.People[1].RolesAt.Against(AdminProtected, Params{"login": "bo"}))
	})
	t.Run("GB18030 beyond GBK", func(t *testing.T) {
		t.Parallel()
		body, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(head + "chen,陈𠮷,学员,,\n"))
		require.NoError(t, err)
		sheet := Read(body)
		require.Empty(t, sheet.Problems)
		require.Equal(t, "陈𠮷", sheet.People[0].Name)
	})
	t.Run("as many rows as allowed", func(t *testing.T) {
		t.Parallel()
		sheet := Read(many(MaxRows))
		require.Empty(t, sheet.Problems)
		require.Len(t, sheet.People, MaxRows)
	})
}

// many is a file of n good rows.
func many(n int) []byte {
	var b bytes.Buffer
	b.WriteString("login,name,role\n")
	for i := range n {
		fmt.Fprintf(&b, "p%d,a,hr\n", i)
	}
	return b.Bytes()
}

func TestProblems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file string
		want []Problem
	}{
		"empty":                    {"", []Problem{{0, 0, HeaderMissing, nil}}},
		"only a mark":              {"\xef\xbb\xbf", []Problem{{0, 0, HeaderMissing, nil}}},
		"only blank lines":         {"\n \r\n,,\r", []Problem{{0, 0, HeaderMissing, nil}}},
		"no header":                {"\nwang,王芳,学员\n", []Problem{{2, 0, HeaderMissing, nil}}},
		"unknown separator":        {"账号｜姓名｜角色\n", []Problem{{1, 0, HeaderMissing, nil}}},
		"unknown column":           {"账号,姓名,角色,工号\n", []Problem{{1, 4, ColumnUnknown, Params{"field": "工号"}}}},
		"nameless column":          {"账号,,姓名,角色\n", []Problem{{1, 2, ColumnUnknown, Params{"field": ""}}}},
		"column twice":             {"账号,姓名,角色,login\n", []Problem{{1, 4, ColumnTwice, Params{"field": "login", "first": 1}}}},
		"columns missing":          {"团队,账号\n", []Problem{{1, 0, ColumnMissing, Params{"field": "姓名 / name"}}, {1, 0, ColumnMissing, Params{"field": "角色 / roles"}}}},
		"too few fields":           {head + "wang,王芳\n", []Problem{{2, 0, RaggedRow, Params{"count": 2, "expected": 5}}}},
		"too many fields":          {head + "wang,王,芳,学员,,x\n", []Problem{{2, 0, RaggedRow, Params{"count": 6, "expected": 5}}}},
		"quote never closed":       {head + "li,李,学员,,\nwang,\"王芳,学员,,\nzhao,赵,学员,,\n", []Problem{{3, 2, QuoteUnclosed, Params{"field": "姓名"}}}},
		"quote never closed above": {"账号,\"姓名,角色\nwang,王,学员\n", []Problem{{1, 2, QuoteUnclosed, Params{"field": ""}}}},
		"quote inside":             {head + "wang,王\"芳,学员,,\n", []Problem{{2, 2, QuoteStray, Params{"field": "姓名"}}}},
		"text behind a quote":      {head + "wang,\"王\"芳,学员,,\n", []Problem{{2, 2, QuoteStray, Params{"field": "姓名"}}}},
		"empty fields":             {head + ",,,,2026-01-01\n", []Problem{{2, 1, FieldEmpty, Params{"field": "账号"}}, {2, 2, FieldEmpty, Params{"field": "姓名"}}, {2, 3, FieldEmpty, Params{"field": "角色"}}}},
		"only list signs":          {head + "wang,王芳,|、,,\n", []Problem{{2, 3, FieldEmpty, Params{"field": "角色"}}}},
		"login":                    {head + "王,王芳,学员,,\n", []Problem{{2, 1, LoginInvalid, Params{"field": "账号", "value": "王"}}}},
		"login twice":              {head + "wang,王芳,学员,,\nli,李,学员,,\nWANG,王方,学员,,\n", []Problem{{4, 1, LoginTwice, Params{"field": "账号", "login": "wang", "first": 2}}}},
		"login of a bad row twice": {head + "wang,王芳,king,,\nwang,王方,学员,,\n", []Problem{
			{2, 3, RoleUnknown, Params{"field": "角色", "role": "king"}}, {3, 1, LoginTwice, Params{"field": "账号", "login": "wang", "first": 2}}}},
		"line in a name":       {head + "wang,\"王\r\n芳\",学员,,\nli,,学员,,\n", []Problem{{2, 2, NameInvalid, Params{"field": "姓名", "value": "王··芳"}}, {4, 2, FieldEmpty, Params{"field": "姓名"}}}},
		"backward writing":     {head + "wang,王\u202e芳,学员,,\n", []Problem{{2, 2, NameInvalid, Params{"field": "姓名", "value": "王·芳"}}}},
		"name too long":        {head + "wang," + strings.Repeat("王", 101) + ",学员,,\n", []Problem{{2, 2, NameInvalid, Params{"field": "姓名", "value": strings.Repeat("王", 40) + "…"}}}},
		"formula among teams":  {head + "wang,王芳,学员,早班|=1+1,\n", []Problem{{2, 4, FormulaRefused, Params{"field": "团队"}}}},
		"role":                 {head + "wang,王芳,学员|国王,,\n", []Problem{{2, 3, RoleUnknown, Params{"field": "角色", "role": "国王"}}}},
		"no such day":          {head + "wang,王芳,学员,,2026-02-30\n", []Problem{{2, 5, DateInvalid, Params{"field": "入职日期", "value": "2026-02-30"}}}},
		"day in another order": {head + "wang,王芳,学员,,03/02/2026\n", []Problem{{2, 5, DateInvalid, Params{"field": "入职日期", "value": "03/02/2026"}}}},
		"day of another age":   {head + "wang,王芳,学员,,0206-03-02\n", []Problem{{2, 5, DateInvalid, Params{"field": "入职日期", "value": "0206-03-02"}}}},
		"NUL":                  {head + "wang,王\x00芳,学员,,\n", []Problem{{2, 2, NULRefused, Params{"field": "姓名"}}}},
		"NUL in the header":    {"账号,姓名,角色,团\x00队\n", []Problem{{1, 4, NULRefused, Params{"field": "团·队"}}}},
		"Latin bytes":          {"login,name,role\nan,Ren\xe9,hr\nbo,Bo,hr\n", []Problem{{2, 0, EncodingUnknown, nil}}},
		"broken behind a mark": {"\xef\xbb\xbf" + head + "wang,\xcd\xf5,学员,,\n", []Problem{{2, 0, EncodingUnknown, nil}}},
		"UTF-16":               {"\xff\xfel\x00o\x00g\x00", []Problem{{1, 0, EncodingUnknown, nil}}},
		"line within a row":    {head + "wang,王芳,学员,\"早\n班\",yesterday\n", []Problem{{3, 5, DateInvalid, Params{"field": "入职日期", "value": "yesterday"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sheet := Read([]byte(c.file))
			require.Empty(t, cmp.Diff(c.want, sheet.Problems))
		})
	}
	for _, begin := range []string{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "　+"} {
		t.Run(fmt.Sprintf("formula %q in any column", begin), func(t *testing.T) {
			t.Parallel()
			names := []string{"账号", "姓名", "角色", "团队", "入职日期"}
			for at, field := range names {
				row := []string{"wang", "王芳", "学员", "晚班", "2026-01-01"}
				row[at] = `"` + begin + `cmd|' /C calc'!A0"`
				sheet := Read([]byte(head + strings.Join(row, ",") + "\n"))
				require.Empty(t, cmp.Diff([]Problem{{2, at + 1, FormulaRefused, Params{"field": field}}}, sheet.Problems))
				require.Empty(t, sheet.People)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	t.Run("one byte too much", func(t *testing.T) {
		t.Parallel()
		body := append(many(1), bytes.Repeat([]byte{'\n'}, MaxBytes)...)
		require.Empty(t, Read(body[:MaxBytes]).Problems)
		require.Equal(t, Sheet{Problems: []Problem{{0, 0, FileTooLarge, Params{"limit": 2}}}}, Read(body[:MaxBytes+1]))
	})
	t.Run("one row too many names its line", func(t *testing.T) {
		t.Parallel()
		sheet := Read(append(many(MaxRows), "\nbad row\n"...))
		require.Equal(t, Sheet{Rows: MaxRows + 1, Problems: []Problem{{MaxRows + 3, 0, TooManyRows, Params{"limit": MaxRows, "count": MaxRows + 1}}}}, sheet)
	})
	t.Run("a hundred thousand rows are one clear problem", func(t *testing.T) {
		t.Parallel()
		body := many(100_000)
		require.Less(t, len(body), MaxBytes)
		sheet := Read(body)
		require.Equal(t, Sheet{Rows: 100_000, Problems: []Problem{{MaxRows + 2, 0, TooManyRows, Params{"limit": MaxRows, "count": 100_000}}}}, sheet)
	})
	t.Run("no more than the listed problems", func(t *testing.T) {
		t.Parallel()
		sheet := Read([]byte("login,name,role\n" + strings.Repeat("!,,king\n", 1000)))
		require.Len(t, sheet.Problems, MaxProblems)
		require.Equal(t, 1000, sheet.Rows)
	})
	t.Run("a file of nothing but separators, quotes or newlines ends", func(t *testing.T) {
		t.Parallel()
		for _, sign := range []string{",", ";", "\t", "\"", "\n", "\r", "\"\"", "\",", "\x00", "\x81", "a,"} {
			for _, start := range []string{"", head, head + "\""} {
				sheet := Read([]byte((start + strings.Repeat(sign, MaxBytes))[:MaxBytes]))
				require.Empty(t, sheet.People, "%q after %q", sign, start)
			}
		}
	})
	t.Run("fields beyond the kept ones are counted", func(t *testing.T) {
		t.Parallel()
		sheet := Read([]byte(head + strings.Repeat("a,", 499) + "a\n" + strings.Repeat(",", 1000) + "\n"))
		require.Empty(t, cmp.Diff([]Problem{{2, 0, RaggedRow, Params{"count": 500, "expected": 5}}}, sheet.Problems))
		sheet = Read([]byte("login,name,role" + strings.Repeat(",", 100) + "x\n"))
		require.Equal(t, Problem{1, maxFields + 1, ColumnUnknown, Params{"field": "…"}}, sheet.Problems[len(sheet.Problems)-1])
	})
}

// TestAgainstAnotherWriter writes people with encoding/csv, which knows RFC 4180 by itself, and reads them back.
func TestAgainstAnotherWriter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfDistinct(rapid.StringMatching(`[a-z0-9][a-z0-9._]{1,9}`), rapid.ID[string])
		var want []Person
		for at, login := range names.Draw(t, "logins") {
			want = append(want, Person{
				Line: at + 2, Login: login, Name: rapid.StringMatching(`["A-Z王李]["',;A-Z王李]{0,8}["A-Z王李]`).Draw(t, "name"),
				Roles: rapid.SampledFrom([][]string{{"hr"}, {"trainee", "admin"}}).Draw(t, "roles"),
			})
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "separator")
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		require.NoError(t, w.Write([]string{"login", "name", "roles"}))
		for _, p := range want {
			require.NoError(t, w.Write([]string{p.Login, p.Name, strings.Join(p.Roles, "|")}))
		}
		w.Flush()
		body := b.Bytes()
		if rapid.Bool().Draw(t, "gb18030") {
			var err error
			body, err = simplifiedchinese.GB18030.NewEncoder().Bytes(body)
			require.NoError(t, err)
		}
		sheet := Read(body)
		require.Empty(t, sheet.Problems)
		require.Empty(t, cmp.Diff(want, sheet.People, noPlaces))
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(head + "wang,王芳,学员,晚班,2026-03-02\n"))
	f.Add([]byte("\xef\xbb\xbflogin;name;roles\r\nli;\"=1+1\";hr|admin\r\n"))
	f.Add([]byte("login\tname\trole\rli\t\"a\r\nb\t\rhr"))
	f.Add([]byte("\xd5\xcb\xba\xc5,\xd0\xd5\xc3\xfb,\xbd\xc7\xc9\xab\nli,\xc0\xee,hr\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		sheet := Read(body)
		lines := 1 + bytes.Count(body, []byte("\n")) + bytes.Count(body, []byte("\r"))
		known := map[Code]bool{}
		for _, c := range Codes {
			known[c] = true
		}
		if len(sheet.Problems) > MaxProblems || len(sheet.People) > sheet.Rows || len(sheet.Problems) == 0 && len(sheet.People) != sheet.Rows {
			t.Fatalf("%d rows, %d people, %d problems", sheet.Rows, len(sheet.People), len(sheet.Problems))
		}
		for _, p := range sheet.Problems {
			if !known[p.Code] || p.Line < 0 || p.Line > lines || p.Column < 0 {
				t.Fatalf("problem %+v in a file of %d lines", p, lines)
			}
		}
		seen := map[string]bool{}
		for _, p := range sheet.People {
			cells := append([]string{p.Login, p.Name, p.HiredOn}, p.Roles...)
			for _, team := range p.Teams {
				cells = append(cells, team.Name)
			}
			for _, cell := range cells {
				if refused(cell) != "" && cell != "" {
					t.Fatalf("%q came through", cell)
				}
			}
			if seen[p.Login] || p.Login == "" || p.Name == "" || len(p.Roles) == 0 || p.Line < 2 || p.Line > lines {
				t.Fatalf("person %+v", p)
			}
			seen[p.Login] = true
		}
	})
}
