package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // a machine without its own table of time zones must agree with all others about days

	"github.com/caarlos0/env/v11"
	"github.com/spf13/pflag"

	"agentladder/api/auth"
)

// config is everything that can be set from outside, by environment or flag; a flag wins.
type config struct {
	DataDir     string `env:"AGENTLADDER_DATA_DIR" envDefault:"data"`
	DatabaseURL string `env:"AGENTLADDER_DATABASE_URL"` // empty: SQLite in DataDir
	Address     string `env:"AGENTLADDER_ADDRESS" envDefault:"127.0.0.1:8080"`
	TokenKey    string `env:"AGENTLADDER_TOKEN_KEY"` // base64; empty: kept in DataDir
	TLSCert     string `env:"AGENTLADDER_TLS_CERT"`  // files in PEM; both or none
	TLSKey      string `env:"AGENTLADDER_TLS_KEY"`
	BehindTLS   bool   `env:"AGENTLADDER_BEHIND_TLS"`
	Proxies     string `env:"AGENTLADDER_TRUSTED_PROXIES"` // addresses or CIDRs, separated by comma
	Timezone    string `env:"AGENTLADDER_TIMEZONE" envDefault:"Asia/Shanghai"`
	Demo        bool   `env:"AGENTLADDER_DEMO"`
	LogLevel    string `env:"AGENTLADDER_LOG_LEVEL" envDefault:"info"`
	LogFormat   string `env:"AGENTLADDER_LOG_FORMAT" envDefault:"text"`
}

const sqliteScheme = "sqlite:"

// databaseFlags adds the settings that have a flag. Their defaults come from the environment, so parse that first.
func (c *config) databaseFlags(f *pflag.FlagSet) {
	f.StringVar(&c.DatabaseURL, "database", c.DatabaseURL, "sqlite:PATH or postgres://… (AGENTLADDER_DATABASE_URL; default sqlite in the data folder)")
	f.StringVar(&c.DataDir, "data", c.DataDir, "folder for the embedded database and the token key (AGENTLADDER_DATA_DIR)")
}

func (c *config) serverFlags(f *pflag.FlagSet) {
	c.databaseFlags(f)
	f.StringVar(&c.Address, "address", c.Address, "host:port to listen on (AGENTLADDER_ADDRESS)")
	f.BoolVar(&c.Demo, "demo", c.Demo, "create demo people and offer them on the sign-in page; loopback only (AGENTLADDER_DEMO)")
	f.BoolVar(&c.BehindTLS, "behind-tls", c.BehindTLS, "a proxy in front terminates TLS: secure cookies (AGENTLADDER_BEHIND_TLS)")
	f.StringVar(&c.Proxies, "trusted-proxies", c.Proxies, "addresses or CIDRs of the proxies whose X-Forwarded-For is believed (AGENTLADDER_TRUSTED_PROXIES)")
	f.StringVar(&c.TLSCert, "tls-cert", c.TLSCert, "certificate file, to serve HTTPS without a proxy (AGENTLADDER_TLS_CERT)")
	f.StringVar(&c.TLSKey, "tls-key", c.TLSKey, "key file of the certificate (AGENTLADDER_TLS_KEY)")
}

// environmentConfig reads the environment. Problems are kept for check, so that all are listed at once.
func environmentConfig() (*config, error) {
	var c config
	return &c, env.Parse(&c)
}

// check lists every problem of the configuration at once and fills what was left to us.
func (c *config) check(environment error) error {
	problems := c.problems(environment)
	if len(problems) == 0 {
		return nil
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = "  - " + p.Error()
	}
	return misuse{fmt.Errorf("the configuration has %d problem(s):\n%s", len(problems), strings.Join(lines, "\n"))}
}

func (c *config) problems(environment error) []error {
	var problems []error
	if environment != nil {
		var many env.AggregateError
		if errors.As(environment, &many) {
			problems = append(problems, many.Errors...)
		} else {
			problems = append(problems, environment)
		}
	}
	if c.DatabaseURL == "" {
		c.DatabaseURL = sqliteScheme + filepath.Join(c.DataDir, "agentladder.db")
	}
	if !strings.HasPrefix(c.DatabaseURL, sqliteScheme) && !strings.HasPrefix(c.DatabaseURL, "postgres://") && !strings.HasPrefix(c.DatabaseURL, "postgresql://") {
		problems = append(problems, errors.New("AGENTLADDER_DATABASE_URL must begin with sqlite: or postgres://"))
	}
	problems = append(problems, c.listeningProblems()...)
	if _, err := c.level(); err != nil {
		problems = append(problems, fmt.Errorf("AGENTLADDER_LOG_LEVEL %q is not debug, info, warn or error", c.LogLevel))
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		problems = append(problems, fmt.Errorf("AGENTLADDER_LOG_FORMAT %q is not text or json", c.LogFormat))
	}
	if c.TokenKey != "" {
		if key, err := base64.StdEncoding.DecodeString(c.TokenKey); err != nil {
			problems = append(problems, errors.New("AGENTLADDER_TOKEN_KEY is not base64; make one with: openssl rand -base64 32"))
		} else if err := auth.CheckKey(key); err != nil {
			problems = append(problems, fmt.Errorf("AGENTLADDER_TOKEN_KEY: %w", err))
		}
	}
	if _, err := c.location(); err != nil {
		problems = append(problems, fmt.Errorf("AGENTLADDER_TIMEZONE %q is not a time zone like Asia/Shanghai", c.Timezone))
	}
	return problems
}

// location is the shop's time zone: where its days begin and end.
func (c *config) location() (*time.Location, error) {
	if c.Timezone == "" || c.Timezone == "Local" { // what the machine is set to is nobody's decision
		return nil, errors.New("no time zone")
	}
	return time.LoadLocation(c.Timezone)
}

func (c *config) level() (slog.Level, error) {
	var l slog.Level
	return l, l.UnmarshalText([]byte(c.LogLevel))
}

// tokenKey returns the key that signs tokens: the configured one, or one made once and kept in the data folder.
func (c *config) tokenKey() ([]byte, error) {
	encoded := c.TokenKey
	if encoded == "" {
		path := filepath.Join(c.DataDir, "token.key")
		stored, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return makeKey(path)
		}
		if err != nil {
			return nil, err
		}
		encoded = string(stored)
	}
	return decodeKey(encoded)
}

func decodeKey(encoded string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	if err != nil {
		return nil, fmt.Errorf("token key: %w", err)
	}
	return key, auth.CheckKey(key)
}

// makeKey makes the key file at path. Of several programs that start at once, one makes the key and all get it.
func makeKey(path string) ([]byte, error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key)                            // never fails (crypto/rand)
	whole, err := os.CreateTemp(dir, ".token.key.*") // readable by the owner only
	if err != nil {
		return nil, err
	}
	defer os.Remove(whole.Name()) //nolint:errcheck // linked or of no use
	_, err = whole.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err = errors.Join(err, whole.Sync(), whole.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(whole.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	stored, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return decodeKey(string(stored))
}
