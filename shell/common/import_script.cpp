#include "shell/common/import_script.h"

#include "core/transfer/encoding.h"
#include "core/transfer/import_job.h"
#include "core/workspace/answers.h"

namespace outpost {

Json import_by_script(Workspace& workspace, Clock& clock, TextDecoder& decoder, std::string_view file_name, ByteSource& bytes, const Json& request,
                      Sequence& sequence) {
    sequence = 0;
    const std::string object_name(request.text_or("object", ""));
    const Object* object = workspace.schema().find_object(object_name);
    if (!object) return error_to_json(Error{ErrorCode::InvalidType, "error.unknown_object", {object_name}}, workspace.messages());
    auto text = read_whole(bytes);
    if (!text) return error_to_json(text.error(), workspace.messages());
    const Json* options = request.find("options");
    auto report = run_import(*std::move(text), object->index, options ? *options : Json::object(), workspace.records(), workspace.editor(), clock,
                             workspace.messages(), &decoder);
    if (!report) return error_to_json(report.error(), workspace.messages());
    sequence = report->outcome.sequence;
    Json answer = report_to_json(*report);
    answer.set("file", file_name);
    return answer;
}

}  // namespace outpost
