// The native shell's commands, one function each; each gives the exit status: 0 all was done, 1 something was refused
// (said on standard error). Called by: shell/native/main.cpp.
#pragma once

#include "shell/native/arguments.h"
#include "shell/native/session.h"

namespace outpost {

int run_query(Session& session, const Arguments& arguments);
int run_execute(Session& session, const Arguments& arguments);
int run_import(Session& session, const Arguments& arguments);
int run_duplicates(Session& session, const Arguments& arguments);
int run_forecast(Session& session, const Arguments& arguments);
int run_routing(Session& session, const Arguments& arguments);
int run_tasks(Session& session, const Arguments& arguments);
int run_calendar(Session& session, const Arguments& arguments);
int run_capture(Session& session, const Arguments& arguments);
int run_describe(Session& session, const Arguments& arguments);
int run_generate(Session& session, const Arguments& arguments);
int run_verify(Session& session, const Arguments& arguments);
int run_export(Session& session, const Arguments& arguments);
int run_backup(Session& session, const Arguments& arguments);
int run_restore(Session& session, const Arguments& arguments);

// Says it on standard error; gives 1.
int refuse(std::string_view message);
// Replaces the file, or says why it could not be written.
bool write_text_file(const std::string& path, std::string_view text);

}  // namespace outpost
