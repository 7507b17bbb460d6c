/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `beside COMMAND…`: runs the command while another process, as long as the command runs, opens in turn a file
 * that is not there and one that is, and sleeps a millisecond.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int count, char **words)
{
	if (count < 2)
		return 2;
	if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		/* Of standard output a reader waits for the end. */
		close(1);
		close(2);
		for (;;) {
			close(open("/nonexistent", O_RDONLY));
			close(open("/init", O_RDONLY));
			usleep(1000);
		}
	}
	execv(words[1], words + 1);
	perror(words[1]);
	return 127;
}
