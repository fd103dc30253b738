// WorkspaceScripting: window.outpost's calls answered by the workspace, as the scripting contract fixes them.
// Called by: web's scripting bridge; wired in shell/web/main.cpp.
#pragma once

#include <functional>

#include "core/workspace/workspace.h"
#include "web/scripting_bridge.h"

namespace outpost {

class WorkspaceScripting : public ScriptingHandler {
public:
    // `wake` asks for a frame, so that the page shows what a script changed.
    WorkspaceScripting(Workspace& workspace, Storage& storage, Clock& clock, TextDecoder& decoder, std::function<void()> wake);

    ScriptAnswer execute(std::string_view command_json) override;
    ScriptRows query(std::string_view soql) override;
    std::string describe(std::string_view object) override;
    void import_file(std::string_view name, std::shared_ptr<ByteSource> bytes, std::string_view options_json,
                     std::function<void(ScriptAnswer)> done) override;
    void export_data(std::string_view options_json, std::function<void(std::string, std::string)> done) override;
    void backup(std::function<void(std::string, std::string)> done) override;
    void restore(std::shared_ptr<ByteSource> bytes, std::function<void(ScriptAnswer)> done) override;
    ScriptAnswer give_up() override;
    void call(std::string_view name, std::string_view json, std::function<void(ScriptAnswer)> done) override;

    std::string ready_json() const;
    bool has_replaced() const { return has_replaced_; }  // erased the store, or restored a backup

private:
    std::string error_text(const Error& error) const;
    ScriptAnswer refused() const;
    void record_history(const Json& options, std::function<void(ScriptAnswer)> done);
    Workspace& workspace_;
    Storage& storage_;
    Clock& clock_;
    TextDecoder& decoder_;
    std::function<void()> wake_;
    bool replaced_ = false;  // the store was erased, restored or taken by another tab: this page's records belong to none until it is loaded anew
    bool taken_ = false;     // by another tab
    bool has_replaced_ = false;   // by a script, which was done whole
};

}  // namespace outpost
