package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/spf13/cobra"
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
		Long:    "Start the server: opens the database, migrates it, installs the shipped content, then answers until it is told to stop.",
		Example: "  agentladder serve --demo\n  AGENTLADDER_DATABASE_URL=postgres://user@localhost/agentladder agentladder serve",
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
	welcome := h.refuseDemoPeople
	if c.Demo {
		welcome = h.inviteDemoPeople
	}
	if err := welcome(ctx); err != nil {
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
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	fmt.Fprintf(p.out, "AgentLadder 客服阶梯 is ready: http://%s\n", listener.Addr())
	if c.Demo {
		fmt.Fprintln(p.out, "Demo server: choose a person on the sign-in page. Stop with Ctrl+C.")
	}
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
