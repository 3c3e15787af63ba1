#pragma once
#include <stdio.h>
#include <tesseract/capi.h>
