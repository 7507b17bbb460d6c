/* SPDX-License-Identifier: Apache-2.0 */
/* Files of /proc and /etc as kernels write them, and as nobody would. */
#include <stdlib.h>

#include "../fuzz/feed_os_text.h"
#include "make.h"
#include "scap_schema.h"
#include "tap.h"

#define TEXT(text) text, sizeof(text) - 1

static bool span_is(struct os_span span, const char *text)
{
	return os_is(span, text);
}

static const char status_text[] =
    "Name:\ta b\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t8\nNgid:\t0\nPid:\t9\n"
    "PPid:\t7\nTracerPid:\t0\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nFDSize:\t64\n"
    "Groups:\t10 20 \nNStgid:\t8\t1\nNSpid:\t9\t2\nNSpgid:\t8\t1\nNSsid:\t8\t1\n"
    "VmPeak:\t  100 kB\nVmSize:\t   99 kB\nVmRSS:\t   50 kB\nVmSwap:\t    3 kB\n"
    "CapInh:\t0000000000000000\nCapPrm:\t0000000000000003\nCapEff:\t0000000000000002\n";

static void status(void)
{
	struct scap_thread thread = {0};
	struct os_status more;

	os_parse_status(TEXT(status_text), &thread, &more);
	CHECK_EQ(thread.pid, 8);
	CHECK_EQ(thread.tid, 9);
	CHECK_EQ(thread.ptid, 7);
	CHECK_EQ(thread.uid, 2);
	CHECK_EQ(thread.gid, 6);
	CHECK_EQ(thread.vpid, 1);
	CHECK_EQ(thread.vtid, 2);
	CHECK_EQ(thread.vpgid, 1);
	CHECK_EQ(thread.vmsize_kb, 99);
	CHECK_EQ(thread.vmrss_kb, 50);
	CHECK_EQ(thread.vmswap_kb, 3);
	CHECK_EQ(thread.cap_inheritable, 0);
	CHECK_EQ(thread.cap_permitted, PPM_CAP_CHOWN | PPM_CAP_DAC_OVERRIDE);
	CHECK_EQ(thread.cap_effective, PPM_CAP_DAC_OVERRIDE);
	CHECK_EQ(more.fsuid, 4);
	CHECK_EQ(more.fsgid, 8);
	CHECK_EQ(more.group_count, 2);
	CHECK_EQ(more.groups[1], 20);
	CHECK(more.in_pid_namespace);
}

static void stat_with_an_evil_name(void)
{
	struct scap_thread thread = {0};
	struct os_span comm;
	uint64_t ticks;

	CHECK(os_parse_stat(TEXT("9 (a) R 1 (b) S 1 20 30 34816 -1 0 44 0 55 0 1 1 0 0 20 0 1 0 777 0"),
			    &thread, &comm, &ticks));
	CHECK(span_is(comm, "a) R 1 (b"));
	CHECK_EQ(thread.pgid, 20);
	CHECK_EQ(thread.sid, 30);
	CHECK_EQ(thread.tty, 34816);
	CHECK_EQ(thread.pfminor, 44);
	CHECK_EQ(thread.pfmajor, 55);
	CHECK_EQ(ticks, 777);
	CHECK(!os_parse_stat(TEXT(") 1 ("), &thread, &comm, &ticks));
	CHECK(!os_parse_stat(TEXT("9 (unfinished"), &thread, &comm, &ticks));
}

static void limits(void)
{
	CHECK_EQ(os_parse_fd_limit(
		     TEXT("Limit   Soft Hard Units\nMax open files            1024     4096     files\n")),
		 1024);
	CHECK_EQ(os_parse_fd_limit(TEXT("Max open files  unlimited  unlimited  files\n")), -1);
	CHECK_EQ(os_parse_fd_limit(TEXT("Max open files")), -1);
	CHECK_EQ(os_parse_fd_limit(TEXT("")), -1);
}

static void boot_time(void)
{
	CHECK_EQ(os_parse_boot_time(TEXT("cpu  1 2\nbtime 1795474685\nprocesses 3\n")), 1795474685);
	CHECK_EQ(os_parse_boot_time(TEXT("cpu 1\n")), 0);
}

static void check_cgroups(const char *text, unsigned exist, const char *want, size_t size)
{
	char strings[200];
	size_t got = os_format_cgroups(text, strlen(text), exist, strings, sizeof(strings));

	CHECK_EQ(got, size);
	CHECK(memcmp(strings, want, size) == 0);
}

static void cgroups(void)
{
	unsigned all = os_parse_controllers(TEXT(
	    "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t0\t1\t1\ncpu\t0\t1\t1\ncpuacct\t0\t1\t1\n"
	    "blkio\t0\t1\t1\nmemory\t0\t1\t1\npids\t0\t1\t1\n"));

	CHECK_EQ(all, 31);
	check_cgroups("0::/a/b\n", all, TEXT("cpuset=/a/b\0cpu=/a/b\0cpuacct=/a/b\0io=/a/b\0memory=/a/b\0"));
	CHECK_STILL_OK;
	check_cgroups("12:pids:/p\n4:cpu,cpuacct:/c\n3:blkio:/i\n1:name=systemd:/s:1\n0::/u\n", 4 | 2 | 8,
		      TEXT("cpu=/c\0cpuacct=/c\0io=/i\0pids=/p\0name=systemd=/s:1\0"));
	CHECK_STILL_OK;
	check_cgroups("nonsense\n:\n0:\n", 0, TEXT(""));
}

/* What does not fit is left out as a whole. */
static void too_many_cgroups(void)
{
	char strings[20];

	CHECK_EQ(os_format_cgroups(TEXT("0::/0123456789\n"), 3, strings, sizeof(strings)), 19);
	CHECK(strcmp(strings, "cpuset=/0123456789") == 0);
}

static void fdinfo(void)
{
	struct os_fdinfo info;

	os_parse_fdinfo(TEXT("pos:\t0\nflags:\t02102001\nmnt_id:\t28\nino:\t3\n"), &info);
	CHECK_EQ(info.flags, 02102001);
	CHECK_EQ(info.mnt_id, 28);
	os_parse_fdinfo(TEXT("flags:\nmnt_id"), &info);
	CHECK_EQ(info.flags, 0);
}

static void mounts(void)
{
	struct os_mount mount;
	char path[64];
	const char line[] =
	    "36 35 98:300 /in\\040side /mnt/a\\040b rw,noatime master:1 shared:2 - overlay src "
	    "rw,upperdir=/u\n";

	CHECK(os_parse_mount(os_span(line, sizeof(line) - 2), &mount));
	CHECK_EQ(mount.id, 36);
	CHECK_EQ(mount.major, 98);
	CHECK_EQ(mount.minor, 300);
	CHECK(span_is(mount.type, "overlay"));
	CHECK(span_is(mount.options, "rw,upperdir=/u"));
	CHECK_EQ(os_unescape(mount.point, path, sizeof(path)), 8);
	CHECK(strcmp(path, "/mnt/a b") == 0);
	CHECK(!os_parse_mount(os_span("1 2 3", 5), &mount));
	CHECK(!os_parse_mount(os_span("1 2 3:4 / / rw", 14), &mount));
}

static const struct scap_fd *parse(const char *file, const char *text, struct lists *found)
{
	lists_clear(found);
	for (size_t i = 0; i < os_socket_kind_count; i++)
		if (strcmp(os_socket_kinds[i].file, file) == 0)
			os_socket_kinds[i].parse(&os_socket_kinds[i], text, strlen(text), found);
	return found->fds.count ? found->fds.items : NULL;
}

/* The kernel prints the word in memory as a number: on the other byte order it would print 0100007F as
 * 7F000001. */
static void print_word(char *to, const uint8_t *bytes)
{
	uint32_t word;

	memcpy(&word, bytes, 4);
	sprintf(to, "%08X", word);
}

static void tcp_sockets(void)
{
	const uint8_t local[4] = {127, 0, 0, 1}, remote[4] = {192, 0, 2, 7};
	char a[9], b[9], text[512];
	struct lists found = {0};
	const struct scap_fd *fd;

	print_word(a, local);
	print_word(b, remote);
	snprintf(
	    text, sizeof(text),
	    "  sl  local_address rem_address   st\n"
	    "   0: %s:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0\n"
	    "   1: %s:1F90 %s:0035 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0\n"
	    "   2: %s:1F90 %s:0035 06 00000000:00000000 00:00000000 00000000     0        0 0 1 0\n"
	    "   3: short\n",
	    a, a, b, a, b);
	fd = parse("tcp", text, &found);
	CHECK_EQ(found.fds.count, 2); /* the one without an inode belongs to nobody */
	CHECK_EQ(fd[0].type, SCAP_FD_IPV4_SERVSOCK);
	CHECK_EQ(fd[0].ino, 111);
	CHECK_EQ(fd[0].sport, 80);
	CHECK_EQ(fd[0].l4proto, SCAP_L4_TCP);
	CHECK(memcmp(fd[0].source, local, 4) == 0);
	CHECK_EQ(fd[1].type, SCAP_FD_IPV4_SOCK);
	CHECK_EQ(fd[1].dport, 53);
	CHECK(memcmp(fd[1].dest, remote, 4) == 0);
	lists_free(&found);
}

static void mapped_addresses(void)
{
	const uint8_t address[16] = {[10] = 0xff, [11] = 0xff, 127, 0, 0, 1};
	struct lists found = {0};
	const struct scap_fd *fd;
	char words[33], text[300];

	for (int i = 0; i < 4; i++)
		print_word(words + 8 * i, address + 4 * i);
	snprintf(text, sizeof(text), "heading\n 0: %s:0050 %s:0051 01 0:0 0:0 0 0 0 5 1\n", words, words);
	fd = parse("tcp6", text, &found);
	CHECK(fd);
	CHECK_EQ(fd->type, SCAP_FD_IPV4_SOCK);
	CHECK(memcmp(fd->source, address + 12, 4) == 0);
	CHECK(memcmp(fd->dest, address + 12, 4) == 0);
	lists_free(&found);
}

static void unix_sockets(void)
{
	struct lists found = {0};
	const struct scap_fd *fd = parse("unix",
					 "Num       RefCount Protocol Flags    Type St Inode Path\n"
					 "ffff8881: 00000002 00000000 00010000 0001 01 41 /run/a b\n"
					 "00000000: 00000003 00000000 00000000 0001 03 42\n"
					 "00000000: 00000003 00000000 00000000 0001 03 43 @\n",
					 &found);

	CHECK_EQ(found.fds.count, 3);
	CHECK_EQ(fd[0].unix_source, 0xffff8881);
	CHECK_EQ(fd[0].name.size, 8);
	CHECK(memcmp((char *)found.texts.items + fd[0].name.at, "/run/a b", 8) == 0);
	CHECK_EQ(fd[1].ino, 42);
	CHECK_EQ(fd[1].name.size, 0);
	CHECK_EQ(fd[2].name.size, 1);
	lists_free(&found);
}

static void users_and_groups(void)
{
	struct lists lists = {0};
	const struct scap_user *user;

	os_parse_passwd(
	    TEXT("root:x:0:0:root:/root:/bin/sh\n# comment\nbad:x:1x:2:::\n+::::::\nlast:x:7:8::/home/last:"),
	    &lists);
	os_parse_group(TEXT("adm:x:4:a,b\nnone:x::\nx\n"), &lists);
	CHECK_EQ(lists.users.count, 2);
	user = lists.users.items;
	CHECK_EQ(user[1].uid, 7);
	CHECK_EQ(user[1].gid, 8);
	CHECK(strcmp((char *)lists.texts.items + user[1].home.at, "/home/last") == 0);
	CHECK_EQ(user[1].shell.size, 0);
	CHECK_EQ(lists.groups.count, 1);
	CHECK_EQ(((struct scap_group *)lists.groups.items)->gid, 4);
	lists_free(&lists);
}

/* Only the sanitizers judge. */
static void any_bytes(void)
{
	const char *const seeds[] = {status_text,
				     "9 (a) S 1 20 30 34816 -1 0 44",
				     "36 35 98:300 / /mnt\\040 rw - overlay s upperdir=/u\\\n",
				     "h\n 0: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0 111 1\n",
				     "h\nffff: 2 0 1 0001 01 41 /run/a\n",
				     "a:x:1:2:c:d:e\n0::/x\ncpu\t1\n"};
	struct rng rng = {3};

	for (int round = 0; round < 6000; round++) {
		const char *seed = seeds[rng_below(&rng, 6)];
		size_t size = strlen(seed);
		char *text = malloc(size + 1); /* of its own size, so that a step beyond is seen */

		memcpy(text, seed, size);
		for (uint32_t i = rng_below(&rng, 4); i > 0; i--)
			text[rng_below(&rng, (uint32_t)size)] = "\0\n\t :(\\9-\xff"[rng_below(&rng, 10)];
		size = rng_below(&rng, (uint32_t)size + 1);
		text = realloc(text, size ? size : 1);
		feed_os_text(text, size);
		free(text);
	}
}

int main(void)
{
	TEST(status);
	TEST(stat_with_an_evil_name);
	TEST(limits);
	TEST(boot_time);
	TEST(cgroups);
	TEST(too_many_cgroups);
	TEST(fdinfo);
	TEST(mounts);
	TEST(tcp_sockets);
	TEST(mapped_addresses);
	TEST(unix_sockets);
	TEST(users_and_groups);
	TEST(any_bytes);
	return tap_end();
}
