package main

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/migrations/dbtest"
)

// kills is how often each database's server is killed in the middle of a chat.
const kills = 5

// TestKillInTheMiddleOfAChat kills the server without warning while a message is on its way, again and again.
// Every acknowledged message must be there once, an unacknowledged one at most once, and the chat must go on.
func TestKillInTheMiddleOfAChat(t *testing.T) {
	t.Parallel()
	databases := map[string]string{"sqlite": ""}
	if dbtest.Postgres(t) {
		databases["postgres"] = dbtest.EmptyPostgres(t)
	}
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			server := startServer(t, data, database)
			lin := signIn(t, server, "lin")
			chat := lin.startChat(t, "S16")
			acked, sent := map[string]string{}, map[string]string{}
			for round := range kills {
				id, text := fmt.Sprintf("client-message-%d", round), fmt.Sprintf("您好，我马上帮您联系快递核实，第 %d 次跟进。", round+1)
				sent[id] = text
				if lin.say(t, chat.ID, id, text) == http.StatusOK {
					acked[id] = text
				}
				doomed := fmt.Sprintf("client-doomed-%d", round)
				sent[doomed] = "请您再稍等一下，我在跟网点核实。"
				answered := make(chan int, 1)
				go func() { answered <- lin.say(t, chat.ID, doomed, sent[doomed]) }()
				server.kill(t) // races with the message on purpose
				if <-answered == http.StatusOK {
					acked[doomed] = sent[doomed]
				}
				server = startServer(t, data, database)
				lin.r = server
			}
			var after chatAnswer
			require.Equal(t, http.StatusOK, lin.do(t, http.MethodGet, "/chats/"+chat.ID, nil, nil, &after), "%s", server.log)
			counts := map[string]int{}
			for i, m := range after.Messages {
				require.Equal(t, i+1, m.Seq, "seq is gapless")
				if i > 0 {
					require.False(t, m.At.Before(after.Messages[i-1].At), "times do not run backwards")
				}
				if m.Role == "agent" {
					counts[m.ClientMessageID]++
					require.Equal(t, sent[m.ClientMessageID], m.Text)
				}
			}
			for id := range acked {
				require.Equal(t, 1, counts[id], "acknowledged message %s", id)
			}
			for id, n := range counts {
				require.LessOrEqual(t, n, 1, "message %s", id)
			}
			require.NotEmpty(t, acked)
			require.Equal(t, "active", after.Status)

			// A retry of a message whose answer was lost is one message, and the chat goes on to its scorecard.
			for id, text := range sent {
				require.Equal(t, http.StatusOK, lin.say(t, chat.ID, id, text))
			}
			require.Equal(t, http.StatusOK, lin.do(t, http.MethodPost, "/chats/"+chat.ID+"/finish", nil, nil, nil))
			require.Equal(t, http.StatusOK, lin.do(t, http.MethodGet, "/chats/"+chat.ID, nil, nil, &after))
			own := 0
			for _, m := range after.Messages {
				if m.Role == "agent" {
					own++
				}
			}
			require.Equal(t, len(sent), own)
			t.Logf("%d kills, %d sent, %d acknowledged, 0 lost", kills, len(sent), len(acked))
			server.stop(t)
		})
	}
}
