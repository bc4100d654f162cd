package discourse_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/grading/discourse"
)

// shipped compiles the lexicon of the shipped packs.
func shipped(tb testing.TB) *discourse.Lexicon {
	tb.Helper()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, _ := pack.Read(root)
		docs = append(docs, p.Of(pack.KindLexicon)...)
	}
	require.NotEmpty(tb, docs)
	lex, ds := discourse.Compile(docs)
	require.False(tb, ds.HasErrors(), "%v", ds)
	return lex
}

func TestShippedLexicon(t *testing.T) {
	t.Parallel()
	lex := shipped(t)

	t.Run("reads the replies as a person would", func(t *testing.T) {
		t.Parallel()
		body, err := os.ReadFile("testdata/replies.txt")
		require.NoError(t, err)
		cases := 0
		for _, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			reply, want, found := strings.Cut(line, " | ")
			require.True(t, found, line)
			cases++
			r := lex.Read(discourse.Agent, reply)
			for _, w := range strings.Fields(want) {
				require.True(t, lex.Defines(w[1:]), "%s in %q", w, line)
				assert.Equal(t, w[0] == '+', r.Has(w[1:]), "%q %s\n%s", reply, w, describe(r))
			}
		}
		require.Greater(t, cases, 150)
	})

	t.Run("takes nothing from a look-alike of another script's letters", func(t *testing.T) {
		t.Parallel()
		require.True(t, lex.Read(discourse.Agent, "加我Ｖｘ").Has("contact_exchange"))
		require.True(t, lex.Read(discourse.Agent, "加我νх").Has("contact_exchange"), "Greek nu, Cyrillic ha")
		require.False(t, lex.Read(discourse.Agent, "这款有USB接口").Has("insult_person"))
	})

	t.Run("says nothing about a message of symbols", func(t *testing.T) {
		t.Parallel()
		r := lex.Read(discourse.Agent, "😊😊～～！！")
		require.Zero(t, r.Content)
		require.True(t, r.Has("curt"))
	})

	t.Run("reads buyers by their own frames", func(t *testing.T) {
		t.Parallel()
		for line, frame := range map[string]string{
			"快递三天没动了你们管不管": "b_upset", "你保证明天一定到？": "b_asks_guarantee", "我把密码发你你帮我下单": "b_password",
			"给我五折我给五星": "b_review_deal", "隔壁才99": "b_peer", "加个微信私下转你": "b_off_platform", "便宜点呗": "b_asks_discount",
			"怎么下单啊": "b_ask_how", "买多大的合适": "b_ask_size", "那我拍了": "b_will_order", "谢谢啊": "b_thanks", "我的快递到哪了": "b_ask_where",
			"什么时候能到": "b_ask_when", "这事谁负责": "b_ask_who", "杯子漏水": "b_shop_fault", "算了不聊了": "b_bye",
		} {
			r := lex.Read(discourse.Buyer, line)
			assert.True(t, r.Has(frame), "%q %s\n%s", line, frame, describe(r))
			assert.False(t, r.Has("own_action"))
		}
	})
}

func describe(r discourse.Reading) string {
	var b strings.Builder
	for _, s := range r.Signals {
		b.WriteString("  " + s.Frame + " " + string(s.Polarity) + " " + s.Quote + " " + s.Entry + "\n")
	}
	return b.String()
}
