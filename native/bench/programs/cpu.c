/* Says what a program costs: cpu COMMAND [ARGUMENT...] prints the microseconds of CPU time, user's and system's, that it and those
 * it waited for have taken, and its status. What it writes is thrown away; after a minute it is ended. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long long micros(struct timeval time)
{
    return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int argc, char **argv)
{
    struct rusage usage;
    int status;
    pid_t child;

    if (argc < 2) {
        fputs("cpu COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0) {
            _exit(126);
        }
        alarm(60); /* which execve(2) keeps */
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("cpu");
        return 1;
    }
    printf("%lld %d\n", micros(usage.ru_utime) + micros(usage.ru_stime),
        WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
