package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/exam"
)

const (
	pollEvery     = 300 * time.Millisecond // how soon a due line is seen by a watching trainee
	aliveEvery    = 15 * time.Second       // comment line, and the moment the login session is checked again
	streamsPerson = 20                     // open streams of one person
	writeTimeout  = 10 * time.Second       // for a client that does not read
)

// hub polls the chats that somebody watches, once for all streams of this process.
type hub struct {
	chats *exam.Service
	log   *slog.Logger
	life  context.Context // streams end with it
	blind bool            // the last poll failed; only poll touches it

	mu       sync.Mutex
	watchers map[string]map[chan struct{}]bool // by chat
	seen     map[string]exam.Pulse
	people   map[string]int // open streams by person
}

func newHub(chats *exam.Service, log *slog.Logger) *hub {
	return &hub{chats: chats, log: log, life: context.Background(), watchers: map[string]map[chan struct{}]bool{}, seen: map[string]exam.Pulse{}, people: map[string]int{}}
}

// run polls until ctx ends.
func (h *hub) run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			h.poll(ctx)
		}
	}
}

func (h *hub) poll(ctx context.Context) {
	h.mu.Lock()
	ids := make([]string, 0, len(h.watchers))
	for id := range h.watchers {
		ids = append(ids, id)
	}
	h.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	pulses, err := h.chats.Pulses(ctx, ids)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		if !h.blind { // once an outage, not three times a second
			h.log.WarnContext(ctx, "streams stand still", "error", err)
		}
		h.blind = true
		return
	case h.blind:
		h.blind = false
		h.log.InfoContext(ctx, "streams go on")
	}
	h.tell(pulses)
}

// tell wakes the streams of chats that moved.
func (h *hub) tell(pulses []exam.Pulse) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, pulse := range pulses {
		if len(h.watchers[pulse.ChatID]) == 0 || h.seen[pulse.ChatID] == pulse {
			continue // its last stream ended while the poll was under way, or nothing is new
		}
		h.seen[pulse.ChatID] = pulse
		for wake := range h.watchers[pulse.ChatID] {
			select {
			case wake <- struct{}{}:
			default: // already woken
			}
		}
	}
}

// watch registers a stream. Fault: Throttled stream_limit.
func (h *hub) watch(personID, chatID string) (wake chan struct{}, leave func(), err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.people[personID] >= streamsPerson {
		return nil, nil, fault.New(fault.Throttled, "stream_limit", fault.Params{"retry_after": 5})
	}
	h.people[personID]++
	wake = make(chan struct{}, 1)
	if h.watchers[chatID] == nil {
		h.watchers[chatID] = map[chan struct{}]bool{}
	}
	h.watchers[chatID][wake] = true
	return wake, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.people[personID]--; h.people[personID] == 0 {
			delete(h.people, personID)
		}
		delete(h.watchers[chatID], wake)
		if len(h.watchers[chatID]) == 0 {
			delete(h.watchers, chatID)
			delete(h.seen, chatID)
		}
	}, nil
}

// streams answers streamChat.
type streams struct {
	hub    *hub
	chats  *exam.Service
	people *roster.Service
}

// StreamChat opens the event stream of an own chat.
func (s streams) StreamChat(ctx context.Context, req openapi.StreamChatRequestObject) (openapi.StreamChatResponseObject, error) {
	actor := auth.ActorFrom(ctx)
	chatID := req.ChatId.String()
	after := req.Params.After
	if _, _, err := s.chats.Since(ctx, actor, chatID, after); err != nil {
		return nil, err // as a problem, before the stream begins
	}
	wake, leave, err := s.hub.watch(actor.PersonID, chatID)
	if err != nil {
		return nil, err
	}
	return stream{streams: s, ctx: ctx, actor: actor, expires: auth.ExpiresFrom(ctx), chatID: chatID, after: after, wake: wake, leave: leave}, nil
}

// stream is one open connection.
type stream struct {
	streams
	ctx     context.Context
	actor   roster.Actor
	expires time.Time // of the access token: the client comes back with a fresh one
	chatID  string
	after   int
	wake    chan struct{}
	leave   func()
}

// VisitStreamChatResponse writes events until the chat ends, the client goes or the login session dies.
func (s stream) VisitStreamChatResponse(w http.ResponseWriter) error {
	defer s.leave()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	alive := time.NewTicker(aliveEvery)
	defer alive.Stop()
	expired := time.NewTimer(time.Until(s.expires))
	defer expired.Stop()
	out := eventWriter{w: w, control: http.NewResponseController(w)}
	_ = out.control.SetReadDeadline(time.Time{}) // the request is read; its deadline must not end the stream
	var last exam.State
	for {
		news, state, err := s.chats.Since(s.ctx, s.actor, s.chatID, s.after)
		if err != nil {
			return nil // the client reconnects and gets the problem then
		}
		for _, m := range news {
			out.event("message", m.Seq, answer.Message(m))
			s.after = m.Seq
		}
		if state != last {
			last = state
			out.event("status", 0, answer.State(state))
		}
		if state.Status == exam.Ended {
			out.event("end", 0, struct{}{})
			return nil
		}
		if out.flush() != nil {
			return nil
		}
		if !s.wait(alive.C, expired.C, &out) {
			return nil
		}
	}
}

// wait returns true when there may be news, false when the stream is over.
func (s stream) wait(alive, expired <-chan time.Time, out *eventWriter) bool {
	for {
		select {
		case <-s.ctx.Done():
			return false
		case <-s.hub.life.Done():
			return false
		case <-expired:
			return false
		case <-s.wake:
			return true
		case <-alive:
			if _, err := s.people.Authenticate(s.ctx, s.actor.SessionID, s.actor.PersonID, s.actor.SessionVersion); err != nil {
				if isUnauthenticated(err) {
					out.event("end", 0, struct{}{})
					_ = out.flush() // the client may have gone
				}
				return false // without a farewell the client comes back
			}
			out.comment()
			if out.flush() != nil {
				return false
			}
		}
	}
}

func isUnauthenticated(err error) bool {
	var f *fault.Fault
	return errors.As(err, &f) && f.Kind == fault.Unauthenticated
}

// eventWriter writes server-sent events; the first error stops all further writing.
type eventWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	err     error
}

func (o *eventWriter) event(name string, id int, data any) {
	if o.err != nil {
		return
	}
	body, err := json.Marshal(data)
	if err != nil {
		o.err = err
		return
	}
	o.deadline()
	if id > 0 {
		_, o.err = fmt.Fprintf(o.w, "event: %s\nid: %d\ndata: %s\n\n", name, id, body)
		return
	}
	_, o.err = fmt.Fprintf(o.w, "event: %s\ndata: %s\n\n", name, body)
}

func (o *eventWriter) comment() {
	if o.err == nil {
		o.deadline()
		_, o.err = fmt.Fprint(o.w, ": alive\n\n")
	}
}

func (o *eventWriter) deadline() {
	_ = o.control.SetWriteDeadline(time.Now().Add(writeTimeout)) // not every writer has deadlines (tests)
}

func (o *eventWriter) flush() error {
	if o.err == nil {
		o.deadline()
		o.err = o.control.Flush()
	}
	return o.err
}
