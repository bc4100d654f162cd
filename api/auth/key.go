package auth

import (
	"fmt"
	"strings"
)

// MinKey is the smallest secret in bytes (RFC 8725: at least the size of the hash).
const MinKey = 32

// samples are pieces of secrets that people copy out of documentation.
var samples = []string{
	"secret", "changeme", "change-me", "change_me", "password", "example", "sample", "default", "your-256-bit", "your_256_bit",
	"insecure", "testkey", "test-key", "test_key", "dev-key", "devkey", "agentladder", "jwt-key", "jwtkey", "0123456789abcdef",
	"1234567890", "abcdefghijklmnop", "supersafe", "replace", "placeholder",
}

// CheckKey refuses secrets that are too short, that are known samples, or that can hardly be random. The error says
// what is wrong and never contains the key.
func CheckKey(key []byte) error {
	if len(key) < MinKey {
		return fmt.Errorf("the key has %d bytes; at least %d random bytes are needed", len(key), MinKey)
	}
	distinct := map[byte]bool{}
	for _, b := range key {
		distinct[b] = true
	}
	// Random keys have more, also when they are written in hex.
	if len(distinct) < 8 {
		return fmt.Errorf("the key has only %d different bytes; make it at random", len(distinct))
	}
	lower := strings.ToLower(string(key))
	for _, s := range samples {
		if strings.Contains(lower, s) {
			return fmt.Errorf("the key contains %q like a sample key; make it at random", s)
		}
	}
	for n := 1; n <= len(key)/2; n++ {
		if len(key)%n == 0 && strings.Repeat(string(key[:n]), len(key)/n) == string(key) {
			return fmt.Errorf("the key repeats the same %d bytes; make it at random", n)
		}
	}
	return nil
}
