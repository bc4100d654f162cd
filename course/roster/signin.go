package roster

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"unicode/utf8"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// SignIn is one try.
type SignIn struct {
	Login, Password string
	Address         string // network address of the client, as far as it is known
	Device          string // device token of an earlier Session, or ""
}

// Session is an open login session as its owner gets it.
type Session struct {
	Actor   Actor
	Refresh string // refresh token, 43 characters
	Device  string // device token to keep, or "" when the one that was sent stays good
}

func signInFailed() error { return fault.New(fault.Unauthenticated, "sign_in_failed", nil) }

// SignIn checks login and password and opens a login session. The answer to an unknown login, a wrong password, a
// disabled person and one who has only been invited is the same fault, sign_in_failed, after the same work. Faults: sign_in_failed; sign_in_throttled and
// busy with retry_after in seconds.
func (s *Service) SignIn(ctx context.Context, in SignIn) (Session, error) {
	login := canonicalLogin(in.Login)
	now, err := s.journal.Now(ctx)
	if err != nil {
		return Session{}, err
	}
	buckets := s.buckets(login, in.Address, in.Device, now)

	// Those who have no try left are turned away before they can fill the queue of the gate. The count below decides.
	if err := full(s.journal.Read(ctx), buckets, now); err != nil {
		return Session{}, err
	}
	leave, err := s.hashing.enter(ctx)
	if err != nil {
		return Session{}, err
	}
	defer leave()
	attempt, err := s.count(ctx, buckets)
	if err != nil {
		return Session{}, err
	}

	row, err := s.byLogin(ctx, login)
	known := err == nil
	if err != nil && !errors.Is(err, personUnknown()) {
		return Session{}, err
	}
	known = known && row.PasswordHash != "" // invited: the link is the only way in
	against := s.nobody
	if known {
		against = row.PasswordHash
	}
	password := in.Password
	if utf8.RuneCountInString(password) > PasswordMax {
		password, known = "", false
	}
	good, err := matches(against, password)
	if err != nil {
		return Session{}, fmt.Errorf("check password of person %s: %w", row.ID, err)
	}
	if !good || !known || row.DisabledAt != nil {
		return Session{}, signInFailed()
	}
	return s.open(ctx, row, in, attempt)
}

// open starts the session of a person whose password was right.
func (s *Service) open(ctx context.Context, checked personRow, in SignIn, attempt string) (Session, error) {
	var opened Session
	err := s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), checked.ID, true)
		if err != nil {
			return err
		}
		// The password may have been changed, or the person disabled, while the hash was computed.
		if row.PasswordHash != checked.PasswordHash || row.DisabledAt != nil {
			return signInFailed()
		}
		if err := u.DB().Where("id = ?", attempt).Delete(&attemptRow{}).Error; err != nil {
			return fmt.Errorf("give the attempt back: %w", err)
		}
		if err := seen(u, row.ID); err != nil {
			return err
		}
		opened, err = s.begin(u, row, in)
		return err
	})
	if err != nil {
		return Session{}, err
	}
	return opened, nil
}

// begin opens a login session of a person who has proved who they are.
func (s *Service) begin(u *journal.Unit, row personRow, in SignIn) (Session, error) {
	seed := make([]byte, 32)
	_, _ = rand.Read(seed)
	session := sessionRow{
		ID: u.NewID(), PersonID: row.ID, Seed: hex.EncodeToString(seed), CreatedAt: u.Now(), LastUsedAt: u.Now(),
	}
	if err := u.DB().Create(&session).Error; err != nil {
		return Session{}, fmt.Errorf("write session: %w", err)
	}
	refresh, err := s.issue(u, session, 0)
	if err != nil {
		return Session{}, err
	}
	person, err := describe(u.DB(), row)
	if err != nil {
		return Session{}, err
	}
	opened := Session{Actor: actorOf(person, session.ID, row.SessionVersion), Refresh: refresh}
	if _, kept := s.knownDevice(in.Device, row.Login, u.Now()); !kept {
		opened.Device = s.newDevice(row.Login, u.Now())
	}
	return opened, u.Audit(journal.Entry{
		Subject: "person:" + row.ID, Actor: row.ID, Act: "session.started", Object: "session:" + session.ID,
		Payload: map[string]any{"address": in.Address, "knownDevice": opened.Device == ""},
	})
}

// seen notes that a person was here. It is no change of the person.
func seen(u *journal.Unit, person string) error {
	if err := u.DB().Model(&personRow{}).Where("id = ?", person).Update("last_seen_at", u.Now()).Error; err != nil {
		return fmt.Errorf("note visit: %w", err)
	}
	return nil
}

func actorOf(p Person, session string, version int) Actor {
	return Actor{
		PersonID: p.ID, Login: p.Login, Name: p.Name, Tier: p.Tier, SessionID: session, SessionVersion: version,
		Roles: p.Roles, Teams: p.Teams,
	}
}
