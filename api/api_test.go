package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agentladder/api/auth"
	"agentladder/api/locale"
	"agentladder/api/openapi"
	"agentladder/course"
	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/exam"
	"agentladder/grading"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// shop is a whole server on one database, behind a real listener on loopback.
type shop struct {
	url    string
	people *roster.Service
	chats  *exam.Service
}

func setup(t *testing.T, db *migrations.Database) *shop {
	t.Helper()
	key := []byte("a key for tests that is 32 bytes!!")
	j := journal.New(db.Write, db.Read, journal.ProcessClock)
	people, err := roster.New(j, key, roster.Hashing(roster.Cost{MemoryKiB: 64, Passes: 1}, 4, 64))
	require.NoError(t, err)
	sh := shelf.New(j)
	docs, err := library.Documents()
	require.NoError(t, err)
	_, err = sh.Install(t.Context(), shelf.Shipped, docs)
	require.NoError(t, err)
	log := slog.New(slog.DiscardHandler)
	s := &shop{people: people, chats: exam.New(j, sh, grading.New(j), log)}
	tokens, err := auth.NewTokens(key)
	require.NoError(t, err)
	server, err := New(Config{Version: "test", Tokens: tokens, Log: log}, s.services(j, sh))
	require.NoError(t, err)
	web := httptest.NewUnstartedServer(nil)
	web.Config = server.HTTP(t.Context())
	web.Start()
	t.Cleanup(web.Close)
	go server.Run(t.Context())
	s.url = web.URL + basePath
	for login, role := range map[string]roster.Role{"lin": roster.Trainee, "zhou": roster.Trainee, "wu": roster.HR, "root": roster.Admin} {
		_, err := people.CreatePerson(t.Context(), roster.System, roster.NewPerson{Login: login, Name: login, Password: "bamboo-river-42", Roles: []roster.Role{role}})
		require.NoError(t, err)
	}
	return s
}

// services are the shop's, the course and the ladder over its shelf.
func (s *shop) services(j *journal.Journal, sh *shelf.Shelf) Services {
	classes := course.New(j, sh, s.chats.ScenarioTitle)
	return Services{People: s.people, Chats: s.chats, Course: classes, Eligibility: grading.NewEligibility(sh, s.people, classes)}
}

// reply is what came back.
type reply struct {
	*http.Response
	body []byte
}

func (a reply) problem(t *testing.T) openapi.Problem {
	t.Helper()
	require.Equal(t, "application/problem+json", a.Header.Get("Content-Type"), "%s", a.body)
	var p openapi.Problem
	dec := json.NewDecoder(bytes.NewReader(a.body))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(&p))
	require.Equal(t, a.StatusCode, p.Status)
	require.NotEmpty(t, p.Instance)
	require.Equal(t, a.Header.Get(headerRequestID), p.Instance)
	return p
}

// ask sends one request. body is JSON text; header pairs follow.
func (s *shop) ask(t *testing.T, token, method, path, body string, header ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	require.NoError(t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return reply{res, text}
}

func (s *shop) signIn(t *testing.T, login string) string {
	t.Helper()
	a := s.ask(t, "", http.MethodPost, "/auth/sign-in", `{"login":"`+login+`","password":"bamboo-river-42"}`)
	require.Equal(t, http.StatusOK, a.StatusCode, "%s", a.body)
	var session openapi.Session
	require.NoError(t, json.Unmarshal(a.body, &session))
	return session.AccessToken
}

func (s *shop) startChat(t *testing.T, token string) openapi.Chat {
	t.Helper()
	a := s.ask(t, token, http.MethodPost, "/chats", `{"scenarioId":"S16"}`, "Idempotency-Key", uuid.NewString())
	require.Equal(t, http.StatusCreated, a.StatusCode, "%s", a.body)
	var chat openapi.Chat
	require.NoError(t, json.Unmarshal(a.body, &chat))
	return chat
}

func message(text string) string {
	body, err := json.Marshal(map[string]any{"clientMessageId": uuid.NewString(), "lastSeenSeq": 1, "text": text})
	if err != nil {
		panic(err)
	}
	return string(body)
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s := setup(t, db)
		lin, zhou, wu := s.signIn(t, "lin"), s.signIn(t, "zhou"), s.signIn(t, "wu")
		active := s.startChat(t, lin).Id.String()
		ended := s.startChat(t, lin).Id.String()
		require.Equal(t, http.StatusOK, s.ask(t, lin, http.MethodPost, "/chats/"+ended+"/finish", "").StatusCode)
		send := "/chats/" + active + "/messages"
		forged := base64.RawURLEncoding.EncodeToString([]byte("2026-03-02T09:00:00Z|urn:uuid:" + active))
		tampered := lin[:len(lin)-6] + "AAAAAA"

		for name, c := range map[string]struct {
			token, method, path, body string
			status                    int
			code                      string
			header                    []string
		}{
			"MalformedJSON":      {lin, "POST", send, `{"clientMessageId": }`, 400, "body_syntax", nil},
			"CutShort":           {lin, "POST", send, `{"clientMessageId":"12345678"`, 400, "body_syntax", nil},
			"TwoValues":          {lin, "POST", send, message("您好") + message("您好"), 400, "body_syntax", nil},
			"NotJSON":            {lin, "POST", send, message("您好"), 400, "content_type", []string{"Content-Type", "text/plain"}},
			"UnknownField":       {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":1,"text":"您好","score":100}`, 400, "request_invalid", nil},
			"DuplicateField":     {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":1,"text":"您好","text":"再见"}`, 400, "body_duplicate_field", nil},
			"MissingField":       {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":1}`, 400, "request_invalid", nil},
			"WrongType":          {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":"1","text":"您好"}`, 400, "request_invalid", nil},
			"NegativeSeq":        {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":-1,"text":"您好"}`, 400, "request_invalid", nil},
			"TooDeep":            {lin, "POST", send, strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), 400, "body_too_deep", nil},
			"OneMegabyte":        {lin, "POST", send, message(strings.Repeat("a", 1<<20)), 413, "body_too_large", nil},
			"TooLong":            {lin, "POST", send, message(strings.Repeat("好", 2001)), 400, "message_too_long", nil},
			"InvalidUTF8":        {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":1,"text":"` + "\xff\xfe" + `"}`, 400, "body_encoding", nil},
			"LoneSurrogate":      {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":1,"text":"\ud800"}`, 400, "body_encoding", nil},
			"NUL":                {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":1,"text":"a\u0000b"}`, 400, "message_encoding", nil},
			"EmptyBody":          {lin, "POST", send, "", 400, "body_empty", nil},
			"EmptyMessage":       {lin, "POST", send, message(""), 400, "message_empty", nil},
			"BlankMessage":       {lin, "POST", send, message(" \n　 "), 400, "message_empty", nil},
			"NULInTheId":         {lin, "POST", send, `{"clientMessageId":"12345678\u0000","lastSeenSeq":1,"text":"您好"}`, 400, "request_invalid", nil},
			"NULInAFilter":       {lin, "GET", "/chats?scenarioId=S16%00", "", 400, "request_invalid", nil},
			"BadUTF8InAFilter":   {lin, "GET", "/chats?scenarioId=%ff", "", 400, "request_invalid", nil},
			"BadUTF8InTheKey":    {lin, "POST", "/chats", `{"scenarioId":"S16"}`, 400, "request_invalid", []string{"Idempotency-Key", "12345678\xff"}},
			"HugeSeq":            {lin, "POST", send, `{"clientMessageId":"12345678","lastSeenSeq":1e40,"text":"您好"}`, 400, "parameter_invalid", nil},
			"ForgedCursor":       {lin, "GET", "/chats?cursor=" + forged, "", 400, "cursor_invalid", nil},
			"AfterTheEnd":        {lin, "POST", "/chats/" + ended + "/messages", message("您好"), 409, "chat_ended", nil},
			"ScorecardTooEarly":  {lin, "GET", "/chats/" + active + "/scorecard", "", 409, "chat_active", nil},
			"AnothersChat":       {zhou, "GET", "/chats/" + active, "", 404, "chat_unknown", nil},
			"SayInAnothersChat":  {zhou, "POST", send, message("您好"), 404, "chat_unknown", nil},
			"FinishWithAScore":   {lin, "POST", "/chats/" + active + "/finish", `{"total":100000,"passed":true}`, 400, "request_invalid", nil},
			"HugeFinish":         {lin, "POST", "/chats/" + active + "/finish", strings.Repeat(" ", 1<<20), 413, "body_too_large", nil},
			"FinishAnothersChat": {zhou, "POST", "/chats/" + active + "/finish", "", 404, "chat_unknown", nil},
			"AnothersScorecard":  {zhou, "GET", "/chats/" + ended + "/scorecard", "", 404, "chat_unknown", nil},
			"AnothersStream":     {zhou, "GET", "/chats/" + active + "/events", "", 404, "chat_unknown", nil},
			"NoSuchChat":         {lin, "GET", "/chats/" + uuid.NewString(), "", 404, "chat_unknown", nil},
			"NotAnId":            {lin, "GET", "/chats/1", "", 400, "parameter_invalid", nil},
			"OtherRole":          {wu, "GET", "/chats", "", 403, "not_permitted", nil},
			"NoSuchScenario":     {lin, "POST", "/chats", `{"scenarioId":"S99"}`, 404, "scenario_unknown", []string{"Idempotency-Key", "12345678"}},
			"NoIdempotencyKey":   {lin, "POST", "/chats", `{"scenarioId":"S16"}`, 400, "request_invalid", nil},
			"NoSuchLesson":       {lin, "GET", "/lessons/L99.9", "", 404, "lesson_unknown", nil},
			"BadCursor":          {lin, "GET", "/chats?cursor=zzz", "", 400, "cursor_invalid", nil},
			"BadLimit":           {lin, "GET", "/chats?limit=100000", "", 400, "request_invalid", nil},
			"NoToken":            {"", "GET", "/me", "", 401, "token_missing", nil},
			"NoTokenBadBody":     {"", "POST", send, `{`, 401, "token_missing", nil},
			"TamperedToken":      {tampered, "GET", "/me", "", 401, "token_invalid", nil},
			"NoSuchRoute":        {lin, "GET", "/nowhere", "", 404, "route_unknown", nil},
			"WrongMethod":        {lin, "DELETE", "/me", "", 404, "route_unknown", nil},
			"WrongPassword":      {"", "POST", "/auth/sign-in", `{"login":"lin","password":"wrong"}`, 401, "sign_in_failed", nil},
			"UnknownLogin":       {"", "POST", "/auth/sign-in", `{"login":"nobody","password":"wrong"}`, 401, "sign_in_failed", nil},
		} {
			t.Run(name, func(t *testing.T) {
				for lang, want := range map[string]string{"zh-CN,zh;q=0.9": "zh-CN", "en-US,en;q=0.5": "en"} {
					a := s.ask(t, c.token, c.method, c.path, c.body, append([]string{"Accept-Language", lang}, c.header...)...)
					require.Equal(t, c.status, a.StatusCode, "%s", a.body)
					p := a.problem(t)
					require.Equal(t, c.code, p.Code)
					require.Equal(t, want, a.Header.Get("Content-Language"))
					sentence, ok := locale.Detail(want, c.code, p.Params)
					require.True(t, ok)
					require.Equal(t, sentence, p.Detail)
					require.NotContains(t, p.Detail, "{", "a parameter was left open")
					require.NotContains(t, string(a.body), "gorm")
					require.NotContains(t, string(a.body), ".go:")
				}
			})
		}
		t.Run("NothingWasStored", func(t *testing.T) {
			var chat openapi.Chat
			require.NoError(t, json.Unmarshal(s.ask(t, lin, http.MethodGet, "/chats/"+active, "").body, &chat))
			for _, m := range chat.Messages {
				require.NotEqual(t, openapi.Agent, m.Role)
			}
		})
		t.Run("FieldsAreNamed", func(t *testing.T) {
			p := s.ask(t, lin, http.MethodPost, send, `{"clientMessageId":"1","lastSeenSeq":"x","text":"您好","score":100}`).problem(t)
			codes := map[string]string{}
			for _, f := range p.Fields {
				codes[f.Path] = f.Code
			}
			require.Equal(t, map[string]string{"/clientMessageId": "too_short", "/lastSeenSeq": "type", "/score": "unknown"}, codes)
		})
	})
}

func TestContract(t *testing.T) {
	t.Parallel()
	c, err := loadContract()
	require.NoError(t, err)
	require.NoError(t, c.spec.Validate(t.Context()))
	s, err := New(Config{Tokens: mustTokens(t), Log: slog.New(slog.DiscardHandler)}, Services{People: mustPeople(t)})
	require.NoError(t, err)
	routed := map[string]bool{}
	for _, r := range s.Echo.Routes() {
		if under(r.Path) {
			routed[r.Method+" "+r.Path] = true
			_, ok := c.find(r.Method, r.Path)
			require.True(t, ok, "%s %s is routed but not in the contract", r.Method, r.Path)
		}
	}
	for key, op := range c.operations {
		require.True(t, routed[key], "%s is in the contract but not routed", key)
		require.NotEmpty(t, op.contract.Summary, "%s says nothing", op.ID)
		require.NotNil(t, op.contract.Responses.Default(), "%s has no problem reply", op.ID)
	}
}

func mustTokens(t *testing.T) auth.Tokens {
	t.Helper()
	tokens, err := auth.NewTokens([]byte("a key for tests that is 32 bytes!!"))
	require.NoError(t, err)
	return tokens
}

func mustPeople(t *testing.T) *roster.Service {
	t.Helper()
	db := dbtest.SQLite(t)
	people, err := roster.New(journal.New(db.Write, db.Read, journal.ProcessClock), []byte("a key for tests that is 32 bytes!!"))
	require.NoError(t, err)
	return people
}

func TestFrontend(t *testing.T) {
	t.Parallel()
	page := func(t *testing.T, cfg Config, path string) *httptest.ResponseRecorder {
		cfg.Tokens, cfg.Log = mustTokens(t), slog.New(slog.DiscardHandler)
		s, err := New(cfg, Services{People: mustPeople(t)})
		require.NoError(t, err)
		rec := httptest.NewRecorder()
		s.Echo.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return rec
	}
	files := fstest.MapFS{"index.html": {Data: []byte("<title>app</title>")}, "assets/a-1.js": {Data: []byte("1")}}
	t.Run("BuiltIn", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{"/", "/practice", "/chats/x/scorecard"} {
			rec := page(t, Config{Frontend: files}, path)
			require.Equal(t, http.StatusOK, rec.Code)
			require.Contains(t, rec.Body.String(), "<title>app</title>")
			require.Contains(t, rec.Header().Get("Content-Security-Policy"), "default-src 'self'")
		}
		require.Contains(t, page(t, Config{Frontend: files}, "/assets/a-1.js").Header().Get("Cache-Control"), "immutable")
		require.Equal(t, http.StatusNotFound, page(t, Config{Frontend: files}, "/assets/gone.js").Code)
		require.Equal(t, http.StatusNotFound, page(t, Config{Frontend: files}, "/api/v1/nowhere").Code)
	})
	t.Run("HEAD", func(t *testing.T) {
		t.Parallel()
		s, err := New(Config{Frontend: files, Tokens: mustTokens(t), Log: slog.New(slog.DiscardHandler)}, Services{People: mustPeople(t)})
		require.NoError(t, err)
		for path, status := range map[string]int{"/": http.StatusOK, "/practice": http.StatusOK, "/assets/gone.js": http.StatusNotFound, "/api/v1/me": http.StatusNotFound} {
			rec := httptest.NewRecorder()
			s.Echo.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodHead, path, nil))
			require.Equal(t, status, rec.Code, path)
			require.Empty(t, rec.Body.String(), path)
		}
	})
	t.Run("LeftOut", func(t *testing.T) {
		t.Parallel()
		rec := page(t, Config{}, "/")
		require.Equal(t, http.StatusOK, rec.Code)
		require.Contains(t, rec.Body.String(), "make run")
		require.Equal(t, http.StatusOK, page(t, Config{}, "/api/v1/server").Code)
	})
}
