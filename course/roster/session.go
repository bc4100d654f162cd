package roster

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

func sessionEnded() error   { return fault.New(fault.Unauthenticated, "session_ended", nil) }
func refreshInvalid() error { return fault.New(fault.Unauthenticated, "refresh_invalid", nil) }
func refreshReused() error  { return fault.New(fault.Unauthenticated, "refresh_reused", nil) }

// token derives the refresh token of a generation. It needs the installation's key and the session's random seed, so
// neither a stolen database nor a stolen key is enough; and a lost answer can be given again without storing the token.
func (s *Service) token(session sessionRow, generation int) string {
	mac := hmac.New(sha256.New, s.refreshKey)
	fmt.Fprintf(mac, "%s\n%s\n%d", session.ID, session.Seed, generation)
	return urlB64.EncodeToString(mac.Sum(nil))
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// issue stores the token of a generation, hashed, and returns it.
func (s *Service) issue(u *journal.Unit, session sessionRow, generation int) (string, error) {
	token := s.token(session, generation)
	expires := u.Now().Add(RefreshLifetime)
	if end := session.CreatedAt.Add(SessionLifetime); end.Before(expires) {
		expires = end
	}
	err := u.DB().Create(&tokenRow{
		TokenHash: tokenHash(token), SessionID: session.ID, Generation: generation, IssuedAt: u.Now(), ExpiresAt: expires,
	}).Error
	if err != nil {
		return "", fmt.Errorf("write refresh token: %w", err)
	}
	return token, nil
}

// Refresh exchanges a refresh token for its successor. The immediate predecessor of the current token, sent again
// within RetryWindow, gets the same successor: two tabs and a lost answer are no theft. Any other used token is; it ends
// the whole login session. Faults: refresh_invalid, refresh_reused, session_ended, all Unauthenticated.
func (s *Service) Refresh(ctx context.Context, token string) (Session, error) {
	if raw, err := urlB64.DecodeString(token); err != nil || len(raw) != sha256.Size {
		return Session{}, refreshInvalid()
	}
	var opened Session
	var refused error // with changes that must be kept
	err := s.journal.Do(ctx, func(u *journal.Unit) error {
		opened, refused = Session{}, nil
		row, session, err := takeToken(u, tokenHash(token))
		if err != nil {
			return err
		}
		if session.RevokedAt != nil {
			return sessionEnded()
		}
		// The person before the session, as everywhere: two units that take them in turn cannot block each other.
		person, err := takePerson(u.DB(), session.PersonID, row.UsedAt == nil)
		if err != nil {
			return err
		}
		if person.DisabledAt != nil {
			return sessionEnded()
		}
		if !u.Now().Before(row.ExpiresAt) {
			return refreshInvalid()
		}
		var successor string
		if row.UsedAt == nil {
			if err := seen(u, person.ID); err != nil {
				return err
			}
			successor, err = s.rotate(u, row, session)
		} else {
			successor, err = s.again(u, row, session)
		}
		if errors.Is(err, refreshReused()) {
			refused = err
			return s.killReused(u, session, row.Generation)
		}
		if err != nil {
			return err
		}
		described, err := describe(u.DB(), person)
		if err != nil {
			return err
		}
		opened = Session{Actor: actorOf(described, session.ID, person.SessionVersion), Refresh: successor}
		return nil
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return Session{}, err
	}
	return opened, nil
}

// takeToken finds a token and its session and keeps other refreshes of the session out until the unit ends.
func takeToken(u *journal.Unit, hash string) (tokenRow, sessionRow, error) {
	var row tokenRow
	var session sessionRow
	err := u.DB().Where("token_hash = ?", hash).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, session, refreshInvalid()
	}
	if err != nil {
		return row, session, fmt.Errorf("read refresh token: %w", err)
	}
	if err := u.Lock("session:" + row.SessionID); err != nil {
		return row, session, err
	}
	if err := u.DB().Where("id = ?", row.SessionID).Take(&session).Error; err != nil {
		return row, session, fmt.Errorf("read session: %w", err)
	}
	row = tokenRow{}
	if err := u.DB().Where("token_hash = ?", hash).Take(&row).Error; err != nil {
		return row, session, fmt.Errorf("read refresh token: %w", err)
	}
	return row, session, nil
}

func (s *Service) rotate(u *journal.Unit, row tokenRow, session sessionRow) (string, error) {
	successor, err := s.issue(u, session, row.Generation+1)
	if err != nil {
		return "", err
	}
	done := u.DB().Model(&tokenRow{}).Where("token_hash = ? AND used_at IS NULL", row.TokenHash).
		Updates(map[string]any{"used_at": u.Now(), "successor_hash": tokenHash(successor)})
	if done.Error != nil {
		return "", fmt.Errorf("use refresh token: %w", done.Error)
	}
	if done.RowsAffected != 1 {
		return "", fmt.Errorf("use refresh token: %d rows changed", done.RowsAffected)
	}
	done = u.DB().Model(&sessionRow{}).Where("id = ? AND revoked_at IS NULL", session.ID).Update("last_used_at", u.Now())
	if done.Error != nil {
		return "", fmt.Errorf("touch session: %w", done.Error)
	}
	if done.RowsAffected == 0 { // ended while this unit waited for the person
		return "", sessionEnded()
	}
	return successor, nil
}

// again answers a token that was used before.
func (s *Service) again(u *journal.Unit, row tokenRow, session sessionRow) (string, error) {
	if u.Now().Sub(*row.UsedAt) > RetryWindow {
		return "", refreshReused()
	}
	var next tokenRow
	if err := u.DB().Where("session_id = ? AND generation = ?", session.ID, row.Generation+1).Take(&next).Error; err != nil {
		return "", fmt.Errorf("read successor: %w", err)
	}
	if next.UsedAt != nil {
		return "", refreshReused()
	}
	successor := s.token(session, next.Generation)
	if tokenHash(successor) != next.TokenHash {
		return "", refreshInvalid() // the installation's key was changed in between
	}
	return successor, nil
}

func (s *Service) killReused(u *journal.Unit, session sessionRow, generation int) error {
	if err := revoke(u, session.ID, "reuse"); err != nil {
		return err
	}
	return u.Audit(journal.Entry{
		Subject: "person:" + session.PersonID, Actor: System, Act: "session.reuse_detected", Object: "session:" + session.ID,
		Payload: map[string]int{"generation": generation},
	})
}

func revoke(u *journal.Unit, session, reason string) error {
	return u.DB().Model(&sessionRow{}).Where("id = ? AND revoked_at IS NULL", session).
		Updates(map[string]any{"revoked_at": u.Now(), "revoke_reason": reason}).Error
}

func revokeAll(u *journal.Unit, person, reason string) error {
	return u.DB().Model(&sessionRow{}).Where("person_id = ? AND revoked_at IS NULL", person).
		Updates(map[string]any{"revoked_at": u.Now(), "revoke_reason": reason}).Error
}

// SignOut ends the actor's login session at once. Doing it twice changes nothing.
func (s *Service) SignOut(ctx context.Context, actor Actor) error {
	if !isID(actor.SessionID) || !isID(actor.PersonID) {
		return sessionEnded()
	}
	return s.journal.Do(ctx, func(u *journal.Unit) error {
		done := u.DB().Model(&sessionRow{}).Where("id = ? AND person_id = ? AND revoked_at IS NULL", actor.SessionID, actor.PersonID).
			Updates(map[string]any{"revoked_at": u.Now(), "revoke_reason": "sign-out"})
		if done.Error != nil {
			return fmt.Errorf("end session: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return nil
		}
		return u.Audit(journal.Entry{
			Subject: "person:" + actor.PersonID, Actor: actor.PersonID, Act: "session.ended", Object: "session:" + actor.SessionID,
		})
	})
}

// Authenticate turns what an access token says into an actor with the rights of this moment. Fault: session_ended when
// the session was revoked or ran out, the person is gone or disabled, or rights changed since the token was issued.
func (s *Service) Authenticate(ctx context.Context, sessionID, personID string, sessionVersion int) (Actor, error) {
	if !isID(sessionID) || !isID(personID) {
		return Actor{}, sessionEnded()
	}
	var row struct {
		ID, Login, Name, Tier string
		SessionVersion        int
		DisabledAt, RevokedAt *time.Time
	}
	err := s.journal.Read(ctx).Table("people AS p").
		Select("p.id, p.login, p.name, p.tier, p.session_version, p.disabled_at, s.revoked_at").
		Joins("JOIN login_sessions s ON s.person_id = p.id").Where("s.id = ? AND p.id = ?", sessionID, personID).
		Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Actor{}, sessionEnded()
	}
	if err != nil {
		return Actor{}, fmt.Errorf("read session: %w", err)
	}
	if row.RevokedAt != nil || row.DisabledAt != nil || row.SessionVersion != sessionVersion {
		return Actor{}, sessionEnded()
	}
	person, err := describe(s.journal.Read(ctx), personRow{ID: row.ID, Login: row.Login, Name: row.Name, Tier: row.Tier})
	if err != nil {
		return Actor{}, err
	}
	return actorOf(person, sessionID, sessionVersion), nil
}
