package roster

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

func passwordWrong() error { return fault.New(fault.Invalid, "password_wrong", nil) }

// ChangePassword replaces the actor's own password and ends all their other login sessions. This session goes on: its
// access token is refused from now on, its refresh token brings a new one. Wrong tries are counted like sign-ins, but
// for themselves: who found an open browser cannot lock the owner out. Faults: password_wrong, password_same,
// password_*; sign_in_throttled and busy with retry_after in seconds; session_ended.
func (s *Service) ChangePassword(ctx context.Context, actor Actor, current, password string) error {
	now, err := s.journal.Now(ctx)
	if err != nil {
		return err
	}
	buckets := []bucket{{name: "change:" + journal.Hash(actor.PersonID), limit: AccountLimit}}
	if err := full(s.journal.Read(ctx), buckets, now); err != nil {
		return err
	}
	row, err := takePerson(s.journal.Read(ctx), actor.PersonID, false)
	if errors.Is(err, personUnknown()) || err == nil && (row.PasswordHash == "" || !isID(actor.SessionID)) {
		return sessionEnded()
	}
	if err != nil {
		return err
	}
	if err := CheckPassword(password, row.Login); err != nil {
		return err
	}
	hash, attempt, err := s.exchange(ctx, row, buckets, current, password)
	if err != nil {
		return err
	}
	return s.journal.Do(ctx, func(u *journal.Unit) error { return replace(u, actor, row, hash, attempt) })
}

// exchange checks the current password and makes the hash of the new one, in one turn at the gate.
func (s *Service) exchange(ctx context.Context, row personRow, buckets []bucket, current, password string) (hash, attempt string, err error) {
	leave, err := s.hashing.enter(ctx)
	if err != nil {
		return "", "", err
	}
	defer leave()
	if attempt, err = s.count(ctx, buckets); err != nil {
		return "", "", err
	}
	if utf8.RuneCountInString(current) > PasswordMax {
		return "", "", passwordWrong()
	}
	good, err := matches(row.PasswordHash, current)
	if err != nil {
		return "", "", fmt.Errorf("check password of person %s: %w", row.ID, err)
	}
	if !good {
		return "", "", passwordWrong()
	}
	if string(canonicalPassword(current)) == string(canonicalPassword(password)) {
		return "", "", fault.New(fault.Invalid, "password_same", nil)
	}
	return s.cost.hash(password), attempt, nil
}

func replace(u *journal.Unit, actor Actor, checked personRow, hash, attempt string) error {
	row, err := takePerson(u.DB(), checked.ID, true)
	if err != nil {
		return err
	}
	// The password may have been changed, or the person disabled, while the hashes were computed.
	if row.PasswordHash != checked.PasswordHash || row.DisabledAt != nil {
		return sessionEnded()
	}
	if err := u.DB().Where("id = ?", attempt).Delete(&attemptRow{}).Error; err != nil {
		return fmt.Errorf("give the attempt back: %w", err)
	}
	if err := killLinks(u, row.ID); err != nil {
		return err
	}
	err = u.DB().Model(&sessionRow{}).Where("person_id = ? AND id <> ? AND revoked_at IS NULL", row.ID, actor.SessionID).
		Updates(map[string]any{"revoked_at": u.Now(), "revoke_reason": "password"}).Error
	if err != nil {
		return fmt.Errorf("end other sessions: %w", err)
	}
	row.PasswordHash = hash
	row.SessionVersion++
	return save(u, row, actor.PersonID, "person.password_changed", nil)
}
