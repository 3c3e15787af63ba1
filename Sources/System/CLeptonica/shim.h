#pragma once
#include <stdint.h>
#include <stdio.h>
#include <leptonica/allheaders.h>
