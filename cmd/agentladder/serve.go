package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"agentladder/course/roster"
)

const (
	sweepEvery   = 30 * time.Second
	sweepAtMost  = 200
	shutdownTime = 10 * time.Second
)

func (p *program) serveCommand() *cobra.Command {
	c, environment := environmentConfig()
	cmd := &cobra.Command{
		Use: "serve", Short: "Start the server", Args: cobra.NoArgs,
		Long: "Start the server: opens the database, migrates it, installs the shipped content, then answers until it is told to stop.",
		Example: "  agentladder serve --demo\n  agentladder serve --address 0.0.0.0:8443 --tls-cert shop.pem --tls-key shop.key\n" +
			"  AGENTLADDER_DATABASE_URL=postgres://user@localhost/agentladder agentladder serve",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.check(environment); err != nil {
				return err
			}
			return p.serve(cmd.Context(), c)
		},
	}
	c.serverFlags(cmd.Flags())
	return cmd
}

// serve runs until ctx ends, then finishes what is under way.
func (p *program) serve(ctx context.Context, c *config) (err error) {
	log := newLog(c, p.err)
	key, err := c.tokenKey()
	if err != nil {
		return err
	}
	// Bind first: a second server on the same port must not touch the database.
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Address)
	if err != nil {
		return misuse{fmt.Errorf("cannot listen on %s: %w", c.Address, err)}
	}
	defer listener.Close()
	h, err := openHouse(ctx, c, key, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.stock(ctx); err != nil {
		return err
	}
	setUp := ""
	if c.Demo {
		err = h.inviteDemoPeople(ctx)
	} else if err = h.refuseDemoPeople(ctx); err == nil {
		setUp, err = h.setUpLink(ctx)
	}
	if err != nil {
		return err
	}
	server, err := h.server(c, key, log)
	if err != nil {
		return err
	}
	if err := h.chats.Ready(ctx); err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	var background sync.WaitGroup
	background.Go(func() { server.Run(running) })
	background.Go(func() { h.sweep(running, log) })

	web := server.HTTP(running)
	web.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug) // what strangers do to the port is no trouble of the house
	failed := make(chan error, 1)
	go func() { failed <- c.answer(web, listener) }()
	p.announce(c, listener.Addr().String(), setUp)
	select {
	case err = <-failed:
	case <-ctx.Done():
		log.Info("stopping")
	}
	stop() // ends streams and background work; requests under way go on
	deadline, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	if late := web.Shutdown(deadline); late != nil {
		log.Warn("requests were cut off", "error", late)
		err = errors.Join(err, web.Close())
	}
	background.Wait() // before the database closes
	return err
}

// answer serves HTTP, or HTTPS with the configured certificate, which a renewal replaces without a restart.
func (c *config) answer(web *http.Server, listener net.Listener) error {
	if c.TLSCert == "" {
		return web.Serve(listener)
	}
	web.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: (&renewed{config: c}).get}
	return web.ServeTLS(listener, "", "")
}

// announce tells the person at the terminal where to go.
func (p *program) announce(c *config, address, setUp string) {
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	fmt.Fprintf(p.out, "AgentLadder 客服阶梯 is ready: %s://%s\n", scheme, address)
	if c.Demo {
		fmt.Fprintln(p.out, "Demo server: choose a person on the sign-in page. Stop with Ctrl+C.")
	}
	if setUp != "" {
		fmt.Fprintf(p.out, "Nobody can sign in yet. Open this link once, within %d hours, to choose the password of the first administrator:\n  %s\n",
			int(roster.LinkLifetime.Hours()), c.linkAddress(address, setUp))
	}
}
