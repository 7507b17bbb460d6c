/* SPDX-License-Identifier: Apache-2.0 */
/* Lists are read back as they were written, in either byte order; rotation begins each file with them. */
#include <stdlib.h>

#include "make.h"
#include "tap.h"

#define MOST 12

/* Random lists; texts are short and long, empty ones included. */
struct made {
	struct scap_thread threads[MOST];
	struct scap_fd fds[MOST * 2];
	struct scap_interface interfaces[MOST];
	struct scap_user users[MOST];
	struct scap_group groups[MOST];
	struct bytes texts;
	struct scap_lists lists;
};

static void fill(void *to, size_t size, struct rng *rng)
{
	for (size_t i = 0; i < size; i++)
		((uint8_t *)to)[i] = (uint8_t)rng_next(rng);
}

static struct scap_text make_text(struct made *made, struct rng *rng, uint32_t max)
{
	struct scap_text text = {.at = (uint32_t)made->texts.size, .size = rng_below(rng, max + 1)};

	uint8_t bytes[4096];

	fill(bytes, text.size, rng);
	bytes_add(&made->texts, bytes, text.size);
	bytes_add(&made->texts, "", 1);
	return text;
}

static void make_thread(struct made *made, struct scap_thread *thread, struct rng *rng)
{
	fill(thread, sizeof(*thread), rng);
	thread->comm = make_text(made, rng, 1024);
	thread->exe = make_text(made, rng, 1024);
	thread->exepath = make_text(made, rng, 1024);
	thread->args = make_text(made, rng, 4096);
	thread->cwd = make_text(made, rng, 1024);
	thread->env = make_text(made, rng, 4096);
	thread->cgroups = make_text(made, rng, 4096);
	thread->root = make_text(made, rng, 1024);
	thread->reserved = 0;
}

/* Only what a descriptor of its type has. */
static void make_fd(struct made *made, struct scap_fd *fd, struct rng *rng)
{
	size_t width;

	memset(fd, 0, sizeof(*fd));
	fd->tid = rng_below(rng, 2) ? made->threads[rng_below(rng, MOST)].tid : rng_below(rng, 3);
	fd->fd = (int64_t)rng_next(rng);
	fd->ino = rng_next(rng);
	fd->type = (uint8_t)(1 + rng_below(rng, SCAP_FD_PIDFD));
	width = fd->type == SCAP_FD_IPV4_SOCK || fd->type == SCAP_FD_IPV4_SERVSOCK ? 4 : 16;
	if (fd->type >= SCAP_FD_IPV4_SOCK && fd->type <= SCAP_FD_IPV6_SERVSOCK) {
		fill(fd->source, width, rng);
		fd->sport = (uint16_t)rng_next(rng);
		fd->l4proto = (uint8_t)rng_next(rng);
		if (fd->type <= SCAP_FD_IPV6_SOCK) {
			fill(fd->dest, width, rng);
			fd->dport = (uint16_t)rng_next(rng);
		}
		return;
	}
	fd->name = make_text(made, rng, 1023);
	if (fd->type == SCAP_FD_UNIX_SOCK) {
		fd->unix_source = rng_next(rng);
		fd->unix_dest = rng_next(rng);
	} else if (fd->type == SCAP_FD_FILE_V2) {
		fd->open_flags = (uint32_t)rng_next(rng);
		fd->dev = (uint32_t)rng_next(rng);
	}
}

static void make_interface(struct made *made, struct scap_interface *interface, bool v4, struct rng *rng)
{
	memset(interface, 0, sizeof(*interface));
	interface->linkspeed = rng_next(rng);
	interface->ip_version = v4 ? 4 : 6;
	fill(interface->address, v4 ? 4 : 16, rng);
	fill(interface->netmask, v4 ? 4 : 16, rng);
	fill(interface->broadcast, v4 ? 4 : 16, rng);
	interface->name = make_text(made, rng, 20);
}

static void make_lists(struct made *made, struct rng *rng)
{
	struct scap_lists *lists = &made->lists;

	memset(made, 0, sizeof(*made));
	lists->size = sizeof(*lists);
	lists->thread_count = lists->interface_count = lists->user_count = lists->group_count = MOST;
	lists->fd_count = 2 * MOST;
	for (int i = 0; i < MOST; i++) {
		make_thread(made, &made->threads[i], rng);
		make_interface(made, &made->interfaces[i], i < MOST / 2, rng);
		made->users[i] =
		    (struct scap_user){.uid = (uint32_t)rng_next(rng), .gid = (uint32_t)rng_next(rng)};
		made->users[i].name = make_text(made, rng, 255);
		made->users[i].home = make_text(made, rng, 255);
		made->users[i].shell = make_text(made, rng, 255);
		made->groups[i] = (struct scap_group){.gid = (uint32_t)rng_next(rng)};
		made->groups[i].name = make_text(made, rng, 255);
	}
	for (int i = 0; i < 2 * MOST; i++)
		make_fd(made, &made->fds[i], rng);
	lists->threads = made->threads;
	lists->fds = made->fds;
	lists->interfaces = made->interfaces;
	lists->users = made->users;
	lists->groups = made->groups;
	lists->texts = (const char *)made->texts.data;
	lists->texts_size = made->texts.size;
}

static bool same_text(const struct scap_lists *a, struct scap_text x, const struct scap_lists *b,
		      struct scap_text y)
{
	return x.size == y.size && memcmp(a->texts + x.at, b->texts + y.at, x.size) == 0;
}

/* Compare two structures but for the places of their texts, whose contents count. */
#define CHECK_SAME(a, b, array, i, ...)                                                                      \
	do {                                                                                                 \
		__typeof__(*(a)->array) x_ = (a)->array[i], y_ = (b)->array[i];                              \
		const size_t texts_[] = {__VA_ARGS__};                                                       \
		for (size_t t_ = 0; t_ < sizeof(texts_) / sizeof(texts_[0]); t_++) {                         \
			struct scap_text *p_ = (struct scap_text *)((char *)&x_ + texts_[t_]);               \
			struct scap_text *q_ = (struct scap_text *)((char *)&y_ + texts_[t_]);               \
			CHECK(same_text(a, *p_, b, *q_));                                                    \
			*p_ = *q_;                                                                           \
		}                                                                                            \
		CHECK(memcmp(&x_, &y_, sizeof(x_)) == 0);                                                    \
	} while (0)

#define AT(type, field) offsetof(struct type, field)

static int by_tid(const void *left, const void *right)
{
	const struct scap_fd *a = left, *b = right;

	return a->tid < b->tid ? -1 : a->tid > b->tid;
}

/* Fds come back by thread; within one in their order (mergesort of glibc is stable). */
static void check_fds(const struct scap_lists *want, const struct scap_lists *got)
{
	struct scap_fd a[2 * MOST], b[2 * MOST];
	struct scap_lists x = *want, y = *got;

	CHECK_EQ(got->fd_count, want->fd_count);
	memcpy(a, want->fds, sizeof(a));
	memcpy(b, got->fds, sizeof(b));
	qsort(a, 2 * MOST, sizeof(*a), by_tid);
	qsort(b, 2 * MOST, sizeof(*b), by_tid);
	x.fds = a;
	y.fds = b;
	for (size_t i = 0; i < 2 * MOST; i++)
		CHECK_SAME(&x, &y, fds, i, AT(scap_fd, name));
}

static void check_lists_equal(const struct scap_lists *want, const struct scap_lists *got)
{
	CHECK_EQ(got->thread_count, want->thread_count);
	CHECK_EQ(got->interface_count, want->interface_count);
	CHECK_EQ(got->user_count, want->user_count);
	CHECK_EQ(got->group_count, want->group_count);
	for (size_t i = 0; i < MOST; i++) {
		CHECK_SAME(want, got, threads, i, AT(scap_thread, comm), AT(scap_thread, exe),
			   AT(scap_thread, exepath), AT(scap_thread, args), AT(scap_thread, cwd),
			   AT(scap_thread, env), AT(scap_thread, cgroups), AT(scap_thread, root));
		CHECK_SAME(want, got, interfaces, i, AT(scap_interface, name));
		CHECK_SAME(want, got, users, i, AT(scap_user, name), AT(scap_user, home),
			   AT(scap_user, shell));
		CHECK_SAME(want, got, groups, i, AT(scap_group, name));
	}
	check_fds(want, got);
}

/* Write lists, read them, write what was read in the other order, and so on. */
static void check_chain(struct rng *rng, const uint32_t *flags, size_t count)
{
	const struct scap_event *event;
	struct scap_lists lists;
	struct scap *scap = NULL;
	struct made made;

	make_lists(&made, rng);
	lists = made.lists;
	for (size_t i = 0; i < count; i++) {
		struct scap_writer *writer;
		struct scap *next;
		const void *data;
		size_t size;
		void *copy;

		CHECK_EQ(scap_writer_open_memory(flags[i], &writer, NULL), SCAP_OK);
		CHECK_EQ(scap_writer_lists(writer, &lists), SCAP_OK);
		CHECK_EQ(scap_writer_memory(writer, &data, &size), SCAP_OK);
		copy = malloc(size);
		memcpy(copy, data, size);
		scap_writer_close(writer);
		CHECK_EQ(scap_open_memory(copy, size, &next, NULL), SCAP_OK);
		CHECK_EQ(scap_next(next, &event, NULL, NULL), SCAP_EOF);
		CHECK_EQ(scap_get_lists(next, &lists), SCAP_OK);
		check_lists_equal(&made.lists, &lists);
		CHECK_STILL_OK;
		scap_close(scap);
		scap = next;
		free(copy); /* lists have texts of their own */
	}
	scap_close(scap);
	free(made.texts.data);
}

static void lists_come_back(void)
{
	const uint32_t orders[] = {0, SCAP_WRITE_BIG_ENDIAN, SCAP_WRITE_LITTLE_ENDIAN,
				   SCAP_WRITE_BIG_ENDIAN | SCAP_WRITE_GZIP, SCAP_WRITE_GZIP};
	struct rng rng = {77};

	for (int i = 0; i < 60; i++) {
		check_chain(&rng, orders, 5);
		CHECK_STILL_OK;
	}
}

static void long_texts_are_cut(void)
{
	static char text[70000];
	struct scap_text all = {.at = 0, .size = sizeof(text)};
	struct scap_thread thread = {.tid = 1, .comm = all, .args = all};
	struct scap_user user = {.name = all};
	struct scap_lists lists = {.size = sizeof(lists), .threads = &thread, .thread_count = 1};
	const struct scap_event *event;
	struct scap_writer *writer;
	struct scap_lists got;
	struct scap *scap;
	const void *data;
	size_t size;

	memset(text, 'x', sizeof(text));
	lists.users = &user;
	lists.user_count = 1;
	lists.texts = text;
	lists.texts_size = sizeof(text);
	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_lists(writer, &lists), SCAP_OK);
	CHECK_EQ(scap_writer_memory(writer, &data, &size), SCAP_OK);
	CHECK_EQ(scap_open_memory(data, size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_EOF);
	CHECK_EQ(scap_get_lists(scap, &got), SCAP_OK);
	CHECK_EQ(got.threads[0].comm.size, 1024);
	CHECK_EQ(got.threads[0].args.size, 4096);
	CHECK_EQ(got.users[0].name.size, 255);
	scap_close(scap);
	scap_writer_close(writer);
}

static void check_refused(const struct scap_lists *lists, const char *why)
{
	struct scap_writer *writer;
	const void *data;
	size_t size;

	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_lists(writer, lists), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(scap_writer_last_error(writer), why);
	CHECK_EQ(scap_writer_memory(writer, &data, &size), SCAP_OK);
	CHECK_EQ(size, 28);
	scap_writer_close(writer);
}

static void wrong_lists_are_refused(void)
{
	struct scap_thread thread = {.cwd = {.at = 1, .size = 3}};
	struct scap_fd fd = {.type = 22};
	struct scap_interface interface = {.ip_version = 5};
	struct scap_group group = {.name = {.at = UINT32_MAX, .size = UINT32_MAX}};

	check_refused(&(struct scap_lists){.size = 8}, "size 8 is not");
	check_refused(&(struct scap_lists){.size = sizeof(struct scap_lists),
					   .threads = &thread,
					   .thread_count = 1,
					   .texts = "abc",
					   .texts_size = 3},
		      "thread 0: a text lies outside");
	check_refused(&(struct scap_lists){.size = sizeof(struct scap_lists), .fds = &fd, .fd_count = 1},
		      "fd 0: 22 is no type");
	check_refused(&(struct scap_lists){.size = sizeof(struct scap_lists),
					   .interfaces = &interface,
					   .interface_count = 1},
		      "interface 0: IP version 5");
	check_refused(
	    &(struct scap_lists){.size = sizeof(struct scap_lists), .groups = &group, .group_count = 1},
	    "group 0: a text lies outside");
}

static void lists_after_an_event_need_a_section(void)
{
	struct scap_lists lists = {.size = sizeof(lists)};
	uint8_t frame[FRAME_ROOM];
	struct rng rng = {1};
	struct scap_writer *writer;

	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_event(writer, make_frame(frame, 1, 5, 2, &rng), 0, 0), SCAP_OK);
	CHECK_EQ(scap_writer_lists(writer, &lists), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_writer_section(writer), SCAP_OK);
	CHECK_EQ(scap_writer_lists(writer, &lists), SCAP_OK);
	scap_writer_close(writer);
}

int main(void)
{
	TEST(lists_come_back);
	TEST(long_texts_are_cut);
	TEST(wrong_lists_are_refused);
	TEST(lists_after_an_event_need_a_section);
	return tap_end();
}
