package roster

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"agentladder/course/fault"
)

// Length of a password in characters.
const (
	PasswordMin = 10
	PasswordMax = 200
)

// Cost is the price of one argon2id hash.
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
}

// DefaultCost is OWASP's smaller argon2id profile: 19 MiB, two passes, one lane.
var DefaultCost = Cost{MemoryKiB: 19 * 1024, Passes: 2}

const (
	hashLanes = 1
	saltBytes = 16
	hashBytes = 32
)

var b64 = base64.RawStdEncoding.Strict()

// hash makes a PHC string ($argon2id$v=19$m=…,t=…,p=…$salt$hash) with a fresh salt.
func (c Cost) hash(password string) string {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt)
	key := argon2.IDKey(canonicalPassword(password), salt, c.Passes, c.MemoryKiB, hashLanes, hashBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.MemoryKiB, c.Passes, hashLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// matches compares a password with a PHC string in constant time. A string it cannot read is an error: the row is broken.
func matches(phc, password string) (bool, error) {
	parts := strings.Split(phc, "$")
	var version int
	var memory, passes uint32
	var lanes uint8
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return false, fmt.Errorf("password hash is not argon2id")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, fmt.Errorf("password hash has an unknown version")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false, fmt.Errorf("password hash has unknown parameters: %w", err)
	}
	// A row that asks for gigabytes is a broken or hostile row.
	if memory < 8 || memory > 256*1024 || passes < 1 || passes > 16 || lanes < 1 || lanes > 8 {
		return false, fmt.Errorf("password hash has parameters out of bounds")
	}
	salt, err := b64.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("password salt: %w", err)
	}
	want, err := b64.DecodeString(parts[5])
	if err != nil || len(want) < 16 || len(want) > 64 {
		return false, fmt.Errorf("password hash is damaged")
	}
	got := argon2.IDKey(canonicalPassword(password), salt, passes, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// canonicalPassword makes the same password typed on two keyboards the same bytes (RFC 8265 asks for NFC).
func canonicalPassword(password string) []byte { return []byte(norm.NFC.String(password)) }

func (s *Service) hashPassword(ctx context.Context, password string) (string, error) {
	leave, err := s.hashing.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return s.cost.hash(password), nil
}

//go:embed common_passwords.txt
var commonText string

var common = func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(commonText) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			set[word] = true
		}
	}
	return set
}()

// CheckPassword applies the policy: 10 to 200 characters, not one of the common passwords or a simple variation of one,
// not made from the login. Faults: password_too_short, password_too_long, password_common.
func CheckPassword(password, login string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < PasswordMin:
		return fault.New(fault.Invalid, "password_too_short", fault.Params{"limit": PasswordMin})
	case n > PasswordMax:
		return fault.New(fault.Invalid, "password_too_long", fault.Params{"limit": PasswordMax})
	case isCommon(password) || len(login) >= 4 && strings.Contains(strings.ToLower(password), login):
		return fault.New(fault.Invalid, "password_common", nil)
	}
	return nil
}

var plain = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// isCommon knows the list, and the ways in which people stretch a listed word to the wanted length: digits and signs
// around it, letters swapped for digits, repetition, runs on the keyboard.
func isCommon(password string) bool {
	p := strings.ToLower(password)
	unit := repeatedUnit(p)
	for _, candidate := range []string{p, unit, trimSigns(p), trimSigns(plain.Replace(p)), plain.Replace(trimDigits(p)), repeatedUnit(trimSigns(p))} {
		if candidate != "" && common[candidate] {
			return true
		}
	}
	// Short repetitions, runs, and dates or phone numbers without a single letter.
	return utf8.RuneCountInString(unit) <= 4 || isRun(p) || trimSigns(p) == "" && utf8.RuneCountInString(p) < 16
}

func trimSigns(p string) string {
	return strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
}

func trimDigits(p string) string {
	return strings.TrimRightFunc(p, func(r rune) bool { return !unicode.IsLetter(r) && r != '@' && r != '$' })
}

// repeatedUnit is the shortest text whose repetition is p.
func repeatedUnit(p string) string {
	for n := 1; n <= len(p)/2; n++ {
		if len(p)%n == 0 && strings.Repeat(p[:n], len(p)/n) == p {
			return p[:n]
		}
	}
	return p
}

var runs = []string{
	"12345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
	"qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "!@#$%^&*()",
}

// isRun says whether p is one piece of a keyboard or alphabet run, in either direction.
func isRun(p string) bool {
	backward := []rune(p)
	for i, j := 0, len(backward)-1; i < j; i, j = i+1, j-1 {
		backward[i], backward[j] = backward[j], backward[i]
	}
	for _, run := range runs {
		if strings.Contains(run, p) || strings.Contains(run, string(backward)) {
			return true
		}
	}
	return false
}
