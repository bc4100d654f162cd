package dbtest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"syscall"
	"time"
)

type cluster struct {
	url  string
	stop func()
}

// startCluster makes and starts a PostgreSQL cluster in a temporary folder, with the shipped durability settings.
// The server dies with this process, also when this process is killed.
func startCluster() (_ *cluster, err error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		if path, lookErr := exec.LookPath("initdb"); lookErr == nil {
			found = []string{path}
		}
	}
	if len(found) == 0 {
		return nil, errors.New("no AGENTLADDER_TEST_POSTGRES_URL and no PostgreSQL binaries on this machine")
	}
	sort.Strings(found)
	bin := filepath.Dir(found[len(found)-1])

	as, err := servant()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "agentladder-pg-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir)
		}
	}()
	if as != nil {
		if err := os.Chown(dir, int(as.Uid), int(as.Gid)); err != nil {
			return nil, err
		}
	}

	data := filepath.Join(dir, "data")
	initdb := exec.CommandContext(context.Background(), filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	initdb.Dir = dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}

	port, err := freePort()
	if err != nil {
		return nil, err
	}
	server := exec.CommandContext(context.Background(), filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", dir,
		"-c", "max_connections=400", "-c", "shared_buffers=64MB", "-c", "log_min_messages=fatal", "-c", "deadlock_timeout=100ms")
	server.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGQUIT}
	server.Dir = dir
	var log bytes.Buffer
	server.Stdout, server.Stderr = &log, &log

	started, gone := make(chan error), make(chan struct{})
	go func() {
		// The death signal is tied to the thread that starts the server, so this one stays until the server is gone.
		runtime.LockOSThread()
		defer close(gone)
		if err := server.Start(); err != nil {
			started <- err
			return
		}
		started <- nil
		_ = server.Wait()
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start postgres: %w", err)
	}
	c := &cluster{
		url: (&url.URL{
			Scheme: "postgres", User: url.User("postgres"), Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
			Path: "/postgres", RawQuery: "sslmode=disable",
		}).String(),
		stop: func() {
			_ = server.Process.Signal(syscall.SIGQUIT)
			<-gone
			_ = os.RemoveAll(dir)
		},
	}
	if err := awaitServer(c.url, gone); err != nil {
		c.stop()
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(log.Bytes()))
	}
	return c, nil
}

// servant is the user that may run PostgreSQL when this process is root, which PostgreSQL refuses; otherwise nil.
func servant() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root and there is no user postgres: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

func freePort() (int, error) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

func awaitServer(address string, gone <-chan struct{}) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for {
		if db.PingContext(context.Background()) == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-gone:
			return errors.New("postgres ended at once")
		case <-deadline:
			return errors.New("postgres was not ready within 30 s")
		}
	}
}
