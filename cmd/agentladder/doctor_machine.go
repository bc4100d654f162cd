package main

import (
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
)

const (
	machineArea       = "machine"
	configurationArea = "configuration"

	spaceLeast  = 100 << 20 // bytes; below, writes are about to fail
	spaceWanted = 1 << 30

	renewBefore = 14 * 24 * time.Hour
)

// configuration lists every problem, then what is allowed but doubtful.
func (k *checkup) configuration(environment error) {
	problems := k.config.problems(environment)
	for _, p := range problems {
		k.fail(configurationArea, "settings", "correct the setting; agentladder serve --help lists all with their variables", "%v", p)
	}
	if len(problems) == 0 {
		k.ok(configurationArea, "settings", "listen on %s, days of %s", k.config.Address, k.config.Timezone)
	}
	if k.config.BehindTLS && strings.TrimSpace(k.config.Proxies) == "" {
		k.warn(configurationArea, "proxies", "set AGENTLADDER_TRUSTED_PROXIES to the address of the proxy",
			"no trusted proxy: every visitor seems to come from the proxy, and they share one limit of sign-in attempts")
	}
	k.certificate()
}

func (k *checkup) certificate() {
	pair, err := k.config.certificate()
	if err != nil || pair == nil {
		return // a problem of the settings, or none wanted
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		k.fail(configurationArea, "certificate", "ask whoever issued the certificate for a new one", "%v", err)
		return
	}
	const do = "renew the certificate; a running server takes the new files within a minute"
	now := time.Now()
	switch {
	case now.After(leaf.NotAfter):
		k.fail(configurationArea, "certificate", do, "expired on %s", leaf.NotAfter.Format(time.DateOnly))
	case now.Before(leaf.NotBefore):
		k.fail(configurationArea, "certificate", "check the clock of this machine", "not valid before %s", leaf.NotBefore.Format(time.DateTime))
	case now.Add(renewBefore).After(leaf.NotAfter):
		k.warn(configurationArea, "certificate", do, "expires on %s", leaf.NotAfter.Format(time.DateOnly))
	default:
		k.ok(configurationArea, "certificate", "for %s until %s", strings.Join(leaf.DNSNames, ", "), leaf.NotAfter.Format(time.DateOnly))
	}
}

func (k *checkup) machine() {
	k.dataFolder()
	k.tokenKeyFile()
	k.clock()
}

func (k *checkup) dataFolder() {
	const check = "data folder"
	folder, err := filepath.Abs(k.config.DataDir)
	if err != nil {
		k.fail(machineArea, check, "name a folder with AGENTLADDER_DATA_DIR", "%v", err)
		return
	}
	info, err := os.Stat(folder)
	there := err == nil
	switch {
	case there && !info.IsDir():
		k.fail(machineArea, check, "name another folder with AGENTLADDER_DATA_DIR or --data", "%s is not a folder", folder)
		return
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		k.fail(machineArea, check, "let the user that runs the server reach the folder", "%v", err)
		return
	}
	where := existing(folder)
	if err := tryWriting(where); err != nil {
		k.fail(machineArea, check, "let the user that runs the server write there, or name another folder with AGENTLADDER_DATA_DIR", "%v", err)
		return
	}
	switch {
	case !there:
		k.ok(machineArea, check, "%s will be made at the first start", folder)
	case info.Mode().Perm()&0o077 != 0:
		k.warn(machineArea, check, "chmod 700 "+folder, "%s can be read by other users of this machine", folder)
	default:
		k.ok(machineArea, check, "%s can be written", folder)
	}
	k.space(where)
}

// existing is the folder itself or the nearest one above it that is there.
func existing(folder string) string {
	for {
		if _, err := os.Stat(folder); err == nil || filepath.Dir(folder) == folder {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}

// tryWriting does what a database does: it makes a file and waits for the disk.
func tryWriting(folder string) (err error) {
	f, err := os.CreateTemp(folder, ".agentladder-doctor-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	if _, err := f.WriteString("can this folder be written?\n"); err != nil {
		return err
	}
	return f.Sync()
}

func (k *checkup) space(folder string) {
	free, err := freeSpace(folder)
	const check, do = "disk space", "free some space on the disk of the data folder, or move the folder to a larger one"
	switch {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		k.warn(machineArea, check, "look at the disk", "%v", err)
	case free < spaceLeast:
		k.fail(machineArea, check, do, "%d MiB free: the next messages may not be stored", free>>20)
	case free < spaceWanted:
		k.warn(machineArea, check, do, "%d MiB free", free>>20)
	default:
		k.ok(machineArea, check, "%d GiB free", free>>30)
	}
}

func (k *checkup) tokenKeyFile() {
	const check = "token key"
	if k.config.TokenKey != "" {
		return // checked with the settings
	}
	path := filepath.Join(k.config.DataDir, "token.key")
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		k.ok(machineArea, check, "will be made at the first start")
		return
	}
	if err == nil {
		_, err = k.config.tokenKey()
	}
	switch {
	case err != nil:
		k.fail(machineArea, check, "restore "+path+" from a backup; without it everybody signs in again and open links die", "%v", err)
	case info.Mode().Perm()&0o077 != 0:
		k.warn(machineArea, check, "chmod 600 "+path, "%s can be read by other users of this machine", path)
	default:
		k.ok(machineArea, check, "only its owner can read it")
	}
}

// clock compares the machine's clock with what is certainly past.
func (k *checkup) clock() {
	if built := builtAt(); time.Now().Before(built) {
		k.fail(machineArea, "clock", "set the clock, and switch on its synchronisation (NTP)", "%s is before this program was made (%s)",
			time.Now().UTC().Format(time.DateTime), built.Format(time.DateOnly))
		return
	}
	k.ok(machineArea, "clock", "%s UTC", time.Now().UTC().Format(time.DateTime))
}

// builtAt is a moment before which this program cannot be running.
func builtAt() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if at, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
				return at
			}
		}
	}
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
}
