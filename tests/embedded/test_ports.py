"""Ports: the usual ones when they are free, others by name when they are not."""

import socket

from deploy.embedded.ports import HOST, LOCAL, USUAL, UsualOrNext, any_free, is_free


def test_a_port_that_somebody_listens_on_is_not_free() -> None:
    with socket.create_server((HOST, 0)) as other:
        assert not is_free(other.getsockname()[1])


def test_a_port_is_free_again_once_nobody_listens() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        socket.create_connection((HOST, port)).close()
    assert is_free(port)


def test_no_two_names_get_the_same_port() -> None:
    with UsualOrNext(lambda line: None) as choose:
        given = [choose(name) for name in USUAL]
        assert len(set(given)) == len(USUAL)


def test_counties_that_start_at_the_same_moment_choose_different_ports() -> None:
    with UsualOrNext(lambda line: None) as ours, UsualOrNext(lambda line: None) as theirs:
        assert not {ours(name) for name in USUAL} & {theirs(name) for name in USUAL}


def test_any_free_port_is_none_that_a_connection_may_have_taken_by_the_time_it_is_used() -> None:
    first = int(LOCAL.read_text().split()[0])
    given = {any_free() for _ in range(50)}
    assert len(given) > 40
    assert all(is_free(port) and port < first for port in given)
