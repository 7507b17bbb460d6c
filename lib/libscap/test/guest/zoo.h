/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes and open files of every kind that a scan may meet. They stand still until they are killed. What a
 * kernel does not have is said on standard output, and left out.
 */
#ifndef SCAP_ZOO_H
#define SCAP_ZOO_H

/* Where the zoo lives: a directory that it makes. */
#define ZOO "/zoo"

/* Argument of this program that makes it one of the animals: it stands still. */
#define ZOO_STANDS_STILL "stand-still"

/* Start all of them; when it returns, each is where it shall be. Ends the program if one cannot be had. One
 * of them overwrites `argument`, the last of the program. */
void zoo_start(char *argument);

/* Start that many more, of the plainest kind. */
void zoo_start_crowd(unsigned count);

/* Open files of all kinds in this process. */
void zoo_open_files(void);

/* Say that this process is ready, and wait for the end. */
_Noreturn void zoo_stand_still(void);

/* A step that must work. */
#define MUST(what)                                                                                           \
	do {                                                                                                 \
		if ((what) < 0) {                                                                            \
			printf("zoo: %s: %m\n", #what);                                                      \
			exit(1);                                                                             \
		}                                                                                            \
	} while (0)

/* One that some kernels cannot do. */
#define MAY(what)                                                                                            \
	do {                                                                                                 \
		if ((what) < 0)                                                                              \
			printf("zoo: not here: %s: %m\n", #what);                                            \
	} while (0)

#endif
