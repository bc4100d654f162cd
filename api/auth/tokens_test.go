package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations/dbtest"
)

// forge signs any header and body.
func forge(header, body string, key []byte, with func() hash.Hash) string {
	text := segment.EncodeToString([]byte(header)) + "." + segment.EncodeToString([]byte(body))
	mac := hmac.New(with, key)
	mac.Write([]byte(text))
	return text + "." + segment.EncodeToString(mac.Sum(nil))
}

const ourHeader = `{"alg":"HS256","typ":"at+jwt"}`

// mutants are the requests of security case b2 that carry a token. Each gets a good token and spoils the request.
func mutants(t *testing.T, b bundle, good string) map[string]func(r *http.Request) {
	t.Helper()
	parts := strings.Split(good, ".")
	raw, err := segment.DecodeString(parts[1])
	require.NoError(t, err)
	body := string(raw)
	key := b.tokens.key
	now := b.clock.now().Unix()
	var claims payload
	require.NoError(t, json.Unmarshal(raw, &claims))

	tokens := map[string]string{
		"empty": "", "one part": parts[0], "two parts": parts[0] + "." + parts[1], "four parts": good + ".x",
		"five parts (JWE)": good + ".x.y", "64 KiB of dots": strings.Repeat(".", 64<<10), "1 MiB": good + strings.Repeat("A", 1<<20),
		"no signature": parts[0] + "." + parts[1] + ".", "truncated signature": good[:len(good)-2], "longer signature": good + "AA",
		"payload changed, old signature": parts[0] + "." + segment.EncodeToString([]byte(strings.Replace(body, `"sv":1`, `"sv":2`, 1))) + "." + parts[2],
		"padded":                         good + "=", "padded payload": parts[0] + "." + parts[1] + "=." + parts[2], "newline": good + "\n", "leading space": " " + good,
		"trailing bits": good[:len(good)-1] + string(sibling(good[len(good)-1])), "percent": strings.Replace(good, ".", "%2e", 1),
		"deep JSON":  forge(ourHeader, strings.Repeat(`{"a":`, 10_000)+"1"+strings.Repeat("}", 10_000), key, sha256.New),
		"not JSON":   forge(ourHeader, "hello", key, sha256.New),
		"null":       forge(ourHeader, "null", key, sha256.New),
		"BOM":        forge(ourHeader, "\ufeff"+body, key, sha256.New),
		"two values": forge(ourHeader, body+body, key, sha256.New),
	}
	for _, alg := range []string{"none", "None", "NONE", "nOnE"} {
		header := segment.EncodeToString([]byte(`{"alg":"` + alg + `","typ":"at+jwt"}`))
		tokens["alg "+alg] = header + "." + parts[1] + "."
		tokens["alg "+alg+" with signature"] = header + "." + parts[1] + "." + parts[2]
	}
	for _, alg := range []string{"RS256", "ES256", "PS256", "EdDSA", "hs256", "HS1", ""} {
		tokens["alg "+alg] = forge(`{"alg":"`+alg+`","typ":"at+jwt"}`, body, key, sha256.New)
	}
	tokens["HS384 right key"] = forge(`{"alg":"HS384","typ":"at+jwt"}`, body, key, sha512.New384)
	tokens["HS512 right key"] = forge(`{"alg":"HS512","typ":"at+jwt"}`, body, key, sha512.New)
	for name, other := range map[string][]byte{
		"empty": {}, "secret": []byte("secret"), "zeros": make([]byte, 32), "undivided secret": secret, "text of key": []byte(base64.StdEncoding.EncodeToString(key)),
	} {
		tokens["key "+name] = forge(ourHeader, body, other, sha256.New)
	}
	for name, extra := range map[string]string{
		"kid traversal": `"kid":"../../dev/null"`, "kid SQL": `"kid":"' OR 1=1--"`, "kid URL": `"kid":"http://x/k"`, "kid long": `"kid":"` + strings.Repeat("k", 10<<10) + `"`,
		"kid null": `"kid":null`, "jku": `"jku":"http://x"`, "x5u": `"x5u":"http://x"`, "jwk": `"jwk":{"kty":"oct","k":"AA"}`, "x5c": `"x5c":["AA"]`,
		"crit": `"crit":["x"]`, "b64": `"b64":false`, "zip": `"zip":"DEF"`, "cty": `"cty":"JWT"`, "alg twice": `"alg":"none"`,
	} {
		tokens["header "+name] = forge(`{"alg":"HS256","typ":"at+jwt",`+extra+`}`, body, key, sha256.New)
	}
	for name, header := range map[string]string{
		"typ missing": `{"alg":"HS256"}`, "typ JWT": `{"alg":"HS256","typ":"JWT"}`, "typ refresh": `{"alg":"HS256","typ":"rt+jwt"}`,
		"typ case": `{"alg":"HS256","typ":"AT+JWT"}`, "order": `{"typ":"at+jwt","alg":"HS256"}`, "space": `{"alg": "HS256","typ":"at+jwt"}`,
	} {
		tokens["header "+name] = forge(header, body, key, sha256.New)
	}
	at := func(name string, seconds int64) string { return fmt.Sprintf(`"%s":%d`, name, seconds) }
	exp, iat, nbf := at("exp", claims.Expires), at("iat", claims.IssuedAt), at("nbf", claims.NotBefore)
	for name, change := range map[string][2]string{
		"exp missing": {"," + exp, ""}, "exp past": {exp, at("exp", now-1)}, "exp now": {exp, at("exp", now)}, "exp text": {exp, fmt.Sprintf(`"exp":"%d"`, claims.Expires)},
		"exp float": {exp, exp + ".0"}, "exp fraction": {exp, exp + ".5"}, "exp exponent": {exp, `"exp":17e8`}, "exp negative": {exp, at("exp", -1)}, "exp huge": {exp, `"exp":1e309`},
		"exp year 9999": {exp, at("exp", 253402300799)}, "exp null": {exp, `"exp":null`}, "exp a second more": {exp, at("exp", claims.Expires+1)},
		"nbf future": {nbf, at("nbf", now+31)}, "nbf missing": {nbf + ",", ""}, "iat future": {iat, at("iat", now+31)}, "iat missing": {iat + ",", ""},
		"iss wrong": {`"agentladder"`, `"other"`}, "iss missing": {`"iss":"agentladder",`, ""}, "iss array": {`"iss":"agentladder"`, `"iss":["agentladder"]`},
		"iss case": {`"agentladder"`, `"AgentLadder"`}, "aud wrong": {"agentladder-api", "agentladder-web"}, "aud missing": {`"aud":"agentladder-api",`, ""},
		"aud array": {`"aud":"agentladder-api"`, `"aud":["agentladder-api"]`}, "aud case": {"agentladder-api", "AGENTLADDER-API"},
		"aud two": {`"aud":"agentladder-api"`, `"aud":["agentladder-api","x"]`}, "sub array": {`"sub":"` + claims.Subject + `"`, `"sub":["` + claims.Subject + `"]`},
		"sub number": {`"sub":"` + claims.Subject + `"`, `"sub":99999999999999999999999`}, "sub NUL": {claims.Subject, claims.Subject[:35] + `\u0000`},
		"sub upper case": {claims.Subject, strings.ToUpper(claims.Subject)}, "sub escaped": {claims.Subject, `\u0030` + claims.Subject[1:]}, "sub unknown": {claims.Subject, "019340aa-0000-7000-8000-000000000001"},
		"sub missing": {`"sub":"` + claims.Subject + `",`, ""}, "sid unknown": {claims.SessionID, "019340aa-0000-7000-8000-000000000001"}, "sid not an id": {claims.SessionID, "1"},
		"sid SQL": {claims.SessionID, "' OR '1'='1"}, "sv older": {`"sv":1`, `"sv":0`}, "sv newer": {`"sv":1`, `"sv":2`}, "sv text": {`"sv":1`, `"sv":"1"`}, "sv float": {`"sv":1`, `"sv":1.0`},
		"role twice": {"{", `{"role":"trainee","role":"admin",`}, "role": {"{", `{"role":"admin",`}, "role array": {"{", `{"roles":["admin"],`}, "exp twice": {"{", `{` + exp + `,`},
		"key case": {`"sub"`, `"SUB"`}, "space": {"{", "{ "}, "jti missing": {`,"jti":"` + claims.ID + `"`, ""}, "jti short": {claims.ID, "1"},
	} {
		changed := strings.Replace(body, change[0], change[1], 1)
		require.NotEqual(t, body, changed, name)
		tokens["claim "+name] = forge(ourHeader, changed, key, sha256.New)
	}

	requests := map[string]func(r *http.Request){}
	for name, token := range tokens {
		require.NotEqual(t, good, token, name)
		requests[name] = bearing(token)
	}
	header := func(values ...string) func(r *http.Request) {
		return func(r *http.Request) { r.Header["Authorization"] = values }
	}
	for name, edit := range map[string]func(r *http.Request){
		"no header": nil, "scheme lower case": header("bearer " + good), "scheme upper case": header("BEARER " + good), "two spaces": header("Bearer  " + good),
		"tab": header("Bearer\t" + good), "trailing space": header("Bearer " + good + " "), "comma list": header("Bearer " + good + ", Bearer " + good),
		"basic": header("Basic " + good), "no scheme": header(good), "scheme only": header("Bearer"), "two headers": header("Bearer "+good, "Bearer "+good),
		"good then bad header": header("Bearer "+good, "Bearer x"), "query only": func(r *http.Request) { r.URL.RawQuery = "access_token=" + good },
		"query beside header": func(r *http.Request) { r.URL.RawQuery = "access_token=" + good; bearing(good)(r) },
		"cookie only":         func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "access_token", Value: good}) },
		"other header only":   func(r *http.Request) { r.Header.Set("X-Access-Token", good) },
	} {
		requests["request "+name] = edit
	}
	return requests
}

// sibling is the character that a lenient base64 decoder reads as the same last bits.
func sibling(c byte) byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return alphabet[strings.IndexByte(alphabet, c)^1]
}

func TestTokenMutants(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.SQLite(t), false, false)
	b.person(t, "lin", roster.Roles...)
	w := b.signIn(t, "lin")
	b.do(t, http.MethodGet, "/api/v1/me", "", bearing(w.access)).wants(t, http.StatusOK, "")

	all := mutants(t, b, w.access)
	all["kind refresh token"] = bearing(w.cookies["agentladder_refresh"].Value)
	all["kind device token"] = bearing(w.cookies["agentladder_device"].Value)
	require.GreaterOrEqual(t, len(all), 100)
	requests := 0
	for name, edit := range all {
		t.Run(name, func(t *testing.T) {
			for _, route := range b.routes {
				if policy[operationOf(route.Name)].anyone {
					continue
				}
				requests++
				a := b.do(t, route.Method, concrete(route.Path), "", edit)
				require.Equal(t, http.StatusUnauthorized, a.ResponseRecorder.Code, route.Path)
				require.Contains(t, []string{"token_missing", "token_invalid", "token_expired", "session_ended"}, a.Code.Code)
			}
		})
	}
	t.Logf("n=%d mutants=%d failures=0", requests, len(all))
	b.do(t, http.MethodGet, "/api/v1/me", "", bearing(w.access)).wants(t, http.StatusOK, "")
}

func operationOf(routeName string) string {
	return operationID(strings.TrimSuffix(routeName[strings.LastIndex(routeName, ".")+1:], "-fm"))
}

func TestTokens(t *testing.T) {
	t.Parallel()
	c := &clock{at: time.Date(2026, 11, 22, 8, 0, 0, 987654321, time.UTC)}
	tokens, err := NewTokens(secret)
	require.NoError(t, err)
	tokens.Now = c.now
	const person, session = "019340aa-0000-7000-8000-00000000000a", "019340aa-0000-7000-8000-00000000000b"
	good, err := tokens.Issue(person, session, 7)
	require.NoError(t, err)
	require.Less(t, len(good), maxToken)
	again, err := tokens.Issue(person, session, 7)
	require.NoError(t, err)
	require.NotEqual(t, good, again, "each token has its own jti")

	got, err := tokens.Verify(good)
	require.NoError(t, err)
	require.Equal(t, Claims{PersonID: person, SessionID: session, SessionVersion: 7, Expires: got.Expires}, got)
	require.Equal(t, c.at.Truncate(time.Second).Add(AccessLifetime).Unix(), got.Expires.Unix())

	for name, at := range map[string]struct {
		step time.Duration
		code string
	}{
		"servers 30 s apart":  {-30 * time.Second, ""},
		"servers 32 s apart":  {-32 * time.Second, "token_invalid"},
		"just before the end": {AccessLifetime - time.Second, ""},
		"at the end":          {AccessLifetime, "token_expired"},
		"a year later":        {365 * 24 * time.Hour, "token_expired"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			later := tokens
			later.Now = func() time.Time { return c.at.Add(at.step) }
			_, err := later.Verify(good)
			require.Equal(t, at.code, fault.CodeOf(err))
		})
	}
}

func TestCheckKey(t *testing.T) {
	t.Parallel()
	require.NoError(t, CheckKey(secret))
	require.NoError(t, CheckKey([]byte("9f1c0a7be24d583671e0c5b2a94d8f36")))
	for name, key := range map[string]string{
		"empty": "", "short": string(secret[:31]), "zeros": string(make([]byte, 64)), "one letter": strings.Repeat("a", 40),
		"secret": "my-super-long-secret-for-the-server-x", "your-256-bit-secret": "your-256-bit-secret-your-256-bit-sec",
		"changeme": "ChangeMe!ChangeMe!ChangeMe!ChangeMe!", "digits": "01234567890123456789012345678901", "repeated": strings.Repeat("Kq7#bX2m", 4),
		"readme": "agentladder-signing-key-for-production",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := CheckKey([]byte(key))
			require.Error(t, err)
			if key != "" {
				require.NotContains(t, err.Error(), key)
			}
			_, err = NewTokens([]byte(key))
			require.Error(t, err)
		})
	}
}
