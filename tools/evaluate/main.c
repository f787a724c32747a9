#include "command.h"

int main(int count, char *arguments[])
{
    return evaluate_command(count, (const char **)arguments, stdout, stderr);
}
