#include "base/fault.h"

_Thread_local size_t mn_fault_countdown;
