package journal

import (
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"agentladder/course/fault"
)

type keyRow struct {
	ActorID     string `gorm:"primaryKey"`
	Operation   string `gorm:"primaryKey"`
	Key         string `gorm:"primaryKey"`
	RequestHash string
	Response    string
	CreatedAt   time.Time
}

func (keyRow) TableName() string { return "idempotency_keys" }

// Recall looks up the answer that this actor got for this operation and key. Units with the same key take turns, so
// of two that arrive together the second finds the answer of the first. The same key with another request is fault
// "idempotency_mismatch" (Unprocessable). actor is a person's id; requestHash is Hash of the request.
func (u *Unit) Recall(actor, operation, key, requestHash string) (stored []byte, found bool, err error) {
	if err := u.Lock("idempotency:" + digest(actor, operation, key)); err != nil {
		return nil, false, fmt.Errorf("recall: %w", err)
	}
	var row keyRow
	err = u.db.Where("actor_id = ? AND operation = ? AND key = ?", actor, operation, key).Take(&row).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("recall: %w", err)
	case row.RequestHash != requestHash:
		return nil, false, fault.New(fault.Unprocessable, "idempotency_mismatch", nil)
	}
	return []byte(row.Response), true, nil
}

// Remember stores the answer, a JSON text, for Recall. It belongs in the same unit as the effect and the Recall that
// found nothing.
func (u *Unit) Remember(actor, operation, key, requestHash string, response []byte) error {
	err := u.db.Create(&keyRow{
		ActorID: actor, Operation: operation, Key: key, RequestHash: requestHash, Response: string(response), CreatedAt: u.Now(),
	}).Error
	if err != nil {
		return fmt.Errorf("remember: %w", err)
	}
	return nil
}

// Forget drops the answers that were remembered before a moment and returns how many.
func (u *Unit) Forget(before time.Time) (int64, error) {
	done := u.db.Where("created_at < ?", before).Delete(&keyRow{})
	return done.RowsAffected, done.Error
}

// Hash is the request hash for Recall and Remember: its parts, each with its length, as SHA-256 in hex.
func Hash(parts ...string) string { return digest(parts...) }
