package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"agentladder/api/locale"
	"agentladder/course/fault"
	"agentladder/course/roster"
)

func (p *program) accountCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "account", Short: "Create people from the command line", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(p.accountCreateCommand(), p.accountCreateAdminCommand())
	return cmd
}

func (p *program) accountCreateCommand() *cobra.Command {
	c, environment := environmentConfig()
	var person roster.NewPerson
	var roles []string
	cmd := &cobra.Command{
		Use: "create LOGIN", Short: "Create a person; the password is the first line of standard input", Args: cobra.ExactArgs(1),
		Long:    "Create a person. The password is read as the first line of standard input, so it appears neither in the process list nor in the shell's history.",
		Example: "  agentladder account create wang --name 王芳 --role trainee < password.txt",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := c.check(environment); err != nil {
				return err
			}
			key, err := c.tokenKey()
			if err != nil {
				return err
			}
			line, err := bufio.NewReader(p.in).ReadString('\n')
			if err != nil && line == "" {
				return misuse{errors.New("no password on standard input")}
			}
			person.Login, person.Password = args[0], strings.TrimRight(line, "\r\n")
			if person.Name == "" {
				person.Name = person.Login
			}
			for _, r := range roles {
				person.Roles = append(person.Roles, roster.Role(r))
			}
			ctx := cmd.Context()
			h, err := openHouse(ctx, c, key, newLog(c, p.err))
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, h.close()) }()
			made, err := h.people.CreatePerson(ctx, roster.System, person)
			if err != nil {
				return readable(err)
			}
			_, err = fmt.Fprintf(p.out, "created %s (%s) with roles %v\n", made.Login, made.Name, made.Roles)
			return err
		},
	}
	c.databaseFlags(cmd.Flags())
	cmd.Flags().StringVar(&person.Name, "name", "", "name as colleagues see it (default: the login)")
	cmd.Flags().StringSliceVar(&roles, "role", []string{string(roster.Trainee)}, "trainee, supervisor, hr or admin; may be repeated")
	return cmd
}

func (p *program) accountCreateAdminCommand() *cobra.Command {
	c, environment := environmentConfig()
	var name string
	var another bool
	cmd := &cobra.Command{
		Use: "create-admin LOGIN", Short: "Create an administrator and print a one-time link for the first sign-in", Args: cobra.ExactArgs(1),
		Long: "Create an administrator and print a one-time link with which that person chooses a password. Nobody else ever sees or sets it.\n" +
			"When there is an administrator already, colleagues are created in the browser; --another is for the case that nobody can get in any more.",
		Example: "  agentladder account create-admin wang --name 王芳",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := c.check(environment); err != nil {
				return err
			}
			key, err := c.tokenKey()
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			h, err := openHouse(ctx, c, key, newLog(c, p.err))
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, h.close()) }()
			made, link, err := h.createAdmin(ctx, args[0], name, another)
			if err != nil {
				return readable(err)
			}
			_, err = fmt.Fprintf(p.out, "created %s (%s)\nOpen this link once, before %s, to choose the password:\n  %s\n",
				made.Login, made.Name, link.ExpiresAt.Format("2006-01-02 15:04 MST"), c.linkAddress(c.Address, link.Token))
			return err
		},
	}
	c.databaseFlags(cmd.Flags())
	cmd.Flags().StringVar(&name, "name", "", "name as colleagues see it (default: the login)")
	cmd.Flags().BoolVar(&another, "another", false, "create one although there is an administrator")
	return cmd
}

// createAdmin invites an administrator. Unless another is wanted, it must be the first who is not disabled.
func (h *house) createAdmin(ctx context.Context, login, name string, another bool) (roster.Row, roster.Link, error) {
	operator := roster.Operator()
	if !another {
		for _, status := range []string{roster.StatusActive, roster.StatusInvited} {
			there, _, err := h.people.People(ctx, operator, roster.PeopleFilter{Role: roster.Admin, Status: status, Limit: 1})
			if err != nil {
				return roster.Row{}, roster.Link{}, err
			}
			if len(there) > 0 {
				return roster.Row{}, roster.Link{}, misuse{fmt.Errorf("there is an administrator already: %s (%s). To create one more, say --another", there[0].Login, status)}
			}
		}
	}
	person := roster.NewPerson{Login: login, Name: cmp.Or(name, login), Roles: []roster.Role{roster.Admin}}
	return h.people.Invite(ctx, operator, person, "", "")
}

// readable says a fault in English on the command line; anything else stays as it is.
func readable(err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err
	}
	if sentence, ok := locale.Detail("en", f.Code, f.Params); ok {
		return misuse{errors.New(sentence)}
	}
	return err
}
