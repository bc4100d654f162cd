package roster

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// Limits of password checks that failed or are still running, in a sliding window.
const (
	ThrottleWindow = 15 * time.Minute
	AccountLimit   = 10  // for one login from devices that it never signed in on
	DeviceLimit    = 10  // for one login on a device that knows it
	AddressLimit   = 100 // for one address; a whole office may sit behind it, and successes are given back
	DeviceLifetime = 180 * 24 * time.Hour
)

// bucket counts attempts of one kind. Names are hashed: the table shall not list logins and addresses.
type bucket struct {
	name  string
	limit int
}

// buckets says where an attempt counts. A device on which this login has signed in before counts for itself, so that
// nobody can lock a colleague out by guessing.
func (s *Service) buckets(login, address, device string, now time.Time) []bucket {
	account := bucket{name: "account:" + journal.Hash(login), limit: AccountLimit}
	if id, ok := s.knownDevice(device, login, now); ok {
		account = bucket{name: "device:" + journal.Hash(login, id), limit: DeviceLimit}
	}
	return []bucket{account, {name: "address:" + journal.Hash(network(address)), limit: AddressLimit}}
}

// network is what one visitor can easily change addresses within: the address itself, or the /64 of IPv6.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}

// full returns the fault sign_in_throttled when one of the buckets has no room.
func full(db *gorm.DB, buckets []bucket, now time.Time) error {
	for _, b := range buckets {
		var times []time.Time
		err := db.Session(&gorm.Session{}).Model(&attemptRow{}).Where("bucket = ? AND at > ?", b.name, now.Add(-ThrottleWindow)).
			Order("at").Limit(b.limit).Pluck("at", &times).Error
		if err != nil {
			return fmt.Errorf("read attempts: %w", err)
		}
		if len(times) >= b.limit {
			wait := times[0].Add(ThrottleWindow).Sub(now)
			return fault.New(fault.Throttled, "sign_in_throttled", fault.Params{"retry_after": int(wait.Seconds()) + 1})
		}
	}
	return nil
}

// count takes one place in every bucket before the password is looked at, and returns the attempt's id.
func (s *Service) count(ctx context.Context, buckets []bucket) (id string, err error) {
	buckets = slices.SortedFunc(slices.Values(buckets), func(a, b bucket) int { return strings.Compare(a.name, b.name) })
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		for _, b := range buckets {
			if err := u.Lock("sign-in:" + b.name); err != nil {
				return err
			}
		}
		now := u.Now()
		if err := u.DB().Where("at <= ?", now.Add(-ThrottleWindow)).Delete(&attemptRow{}).Error; err != nil {
			return fmt.Errorf("drop old attempts: %w", err)
		}
		if err := full(u.DB(), buckets, now); err != nil {
			return err
		}
		id = u.NewID()
		for _, b := range buckets {
			if err := u.DB().Create(&attemptRow{ID: id, Bucket: b.name, At: now}).Error; err != nil {
				return fmt.Errorf("count attempt: %w", err)
			}
		}
		return nil
	})
	return id, err
}

// A device token is 16 random bytes, the time of issue in seconds and an HMAC that binds both to the login.
const deviceBytes = 16 + 8 + sha256.Size

var urlB64 = base64.RawURLEncoding.Strict()

func (s *Service) newDevice(login string, now time.Time) string {
	body := make([]byte, 24, deviceBytes)
	_, _ = rand.Read(body[:16])
	binary.BigEndian.PutUint64(body[16:], uint64(now.Unix()))
	return urlB64.EncodeToString(append(body, s.deviceMAC(body, login)...))
}

func (s *Service) deviceMAC(body []byte, login string) []byte {
	mac := hmac.New(sha256.New, s.deviceKey)
	mac.Write(body)
	mac.Write([]byte(login))
	return mac.Sum(nil)
}

// knownDevice checks a device token for a login and returns the device's id.
func (s *Service) knownDevice(token, login string, now time.Time) (string, bool) {
	raw, err := urlB64.DecodeString(token)
	if err != nil || len(raw) != deviceBytes || !hmac.Equal(raw[24:], s.deviceMAC(raw[:24], login)) {
		return "", false
	}
	issued := time.Unix(int64(binary.BigEndian.Uint64(raw[16:24])), 0)
	return string(raw[:16]), now.Before(issued.Add(DeviceLifetime))
}
